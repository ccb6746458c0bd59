import { createFileRoute } from "@tanstack/react-router";
import { Problem } from "@/features/guidance/Problem.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/pilot-problems/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Problem key={id} id={id} />;
  },
});

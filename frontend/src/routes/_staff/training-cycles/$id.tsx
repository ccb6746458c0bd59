import { createFileRoute } from "@tanstack/react-router";
import { Cycle } from "@/features/training/Cycle.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-cycles/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Cycle key={id} id={id} />;
  },
});

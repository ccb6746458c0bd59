import { createFileRoute } from "@tanstack/react-router";
import { Award } from "@/features/awards/Award.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/awards/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Award key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Limit } from "@/features/mappings/Limits.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/policy-limits/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Limit key={id} id={id} />;
  },
});

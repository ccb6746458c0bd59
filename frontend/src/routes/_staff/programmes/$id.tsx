import { createFileRoute } from "@tanstack/react-router";
import { Programme } from "@/features/registry/Programme.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/programmes/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Programme key={id} id={id} />;
  },
});

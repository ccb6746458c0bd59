import { createFileRoute } from "@tanstack/react-router";
import { Mapping } from "@/features/mappings/Mapping.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/mappings/$id/")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Mapping key={id} id={id} />;
  },
});

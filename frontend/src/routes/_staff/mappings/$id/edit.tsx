import { createFileRoute } from "@tanstack/react-router";
import { EditMapping } from "@/features/mappings/Editor.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/mappings/$id/edit")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <EditMapping key={id} id={id} />;
  },
});

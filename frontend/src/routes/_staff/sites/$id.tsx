import { createFileRoute } from "@tanstack/react-router";
import { Site } from "@/features/sites/Site.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/sites/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Site key={id} id={id} />;
  },
});

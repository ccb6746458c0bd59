import { createFileRoute } from "@tanstack/react-router";
import { Settlement } from "@/features/settlements/Settlement.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/settlements/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Settlement key={id} id={id} />;
  },
});

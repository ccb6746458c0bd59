import { createFileRoute } from "@tanstack/react-router";
import { Round } from "@/features/programme_data/Rounds.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/collection-rounds/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Round key={id} id={id} />;
  },
});

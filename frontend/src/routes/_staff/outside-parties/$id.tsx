import { createFileRoute } from "@tanstack/react-router";
import { Party } from "@/features/guidance/Party.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/outside-parties/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Party key={id} id={id} />;
  },
});

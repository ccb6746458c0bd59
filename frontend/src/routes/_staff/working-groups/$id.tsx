import { createFileRoute } from "@tanstack/react-router";
import { Group } from "@/features/posts/Group.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/working-groups/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Group key={id} id={id} />;
  },
});

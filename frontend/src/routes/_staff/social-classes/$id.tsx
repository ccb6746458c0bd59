import { createFileRoute } from "@tanstack/react-router";
import { Class } from "@/features/social_training/Class.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/social-classes/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Class key={id} id={id} />;
  },
});

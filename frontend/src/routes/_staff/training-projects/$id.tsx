import { createFileRoute } from "@tanstack/react-router";
import { Project } from "@/features/training/Project.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-projects/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Project key={id} id={id} />;
  },
});

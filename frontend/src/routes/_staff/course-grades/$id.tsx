import { createFileRoute } from "@tanstack/react-router";
import { Grade } from "@/features/registry/Grades.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/course-grades/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Grade key={id} id={id} />;
  },
});

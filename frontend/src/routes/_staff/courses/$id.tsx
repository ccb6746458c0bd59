import { createFileRoute } from "@tanstack/react-router";
import { Course } from "@/features/registry/Course.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/courses/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Course key={id} id={id} />;
  },
});

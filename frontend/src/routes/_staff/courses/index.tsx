import { createFileRoute } from "@tanstack/react-router";
import { Courses } from "@/features/registry/Courses.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/courses/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Courses />;
  },
});

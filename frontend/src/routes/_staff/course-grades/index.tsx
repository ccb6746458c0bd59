import { createFileRoute } from "@tanstack/react-router";
import { Grades } from "@/features/registry/Grades.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/course-grades/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Grades />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { NewGrade } from "@/features/registry/NewGrade.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/course-grades/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewGrade />;
  },
});

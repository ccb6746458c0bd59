import { createFileRoute } from "@tanstack/react-router";
import { Plans } from "@/features/exams/Plans.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-plans/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Plans />;
  },
});

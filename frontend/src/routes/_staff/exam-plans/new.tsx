import { createFileRoute } from "@tanstack/react-router";
import { NewPlan } from "@/features/exams/NewPlan.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-plans/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewPlan />;
  },
});

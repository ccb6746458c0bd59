import { createFileRoute } from "@tanstack/react-router";
import { ChangePlan } from "@/features/exams/NewPlan.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-plans/$id/edit")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <ChangePlan key={id} id={id} />;
  },
});

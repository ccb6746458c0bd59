import { createFileRoute } from "@tanstack/react-router";
import { EditTrainingPlan } from "@/features/registry/PlanForm.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-plans/$id/edit")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <EditTrainingPlan key={id} id={id} />;
  },
});

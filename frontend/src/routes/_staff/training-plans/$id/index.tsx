import { createFileRoute } from "@tanstack/react-router";
import { TrainingPlan } from "@/features/registry/TrainingPlan.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-plans/$id/")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <TrainingPlan key={id} id={id} />;
  },
});

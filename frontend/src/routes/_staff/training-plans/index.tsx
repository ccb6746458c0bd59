import { createFileRoute } from "@tanstack/react-router";
import { TrainingPlans } from "@/features/registry/TrainingPlans.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-plans/")({
  validateSearch: anySearch,
  component: function Page() {
    return <TrainingPlans />;
  },
});

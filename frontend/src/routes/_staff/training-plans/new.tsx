import { createFileRoute } from "@tanstack/react-router";
import { PlanForm } from "@/features/registry/PlanForm.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-plans/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <PlanForm />;
  },
});

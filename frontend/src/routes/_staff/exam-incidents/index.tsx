import { createFileRoute } from "@tanstack/react-router";
import { AllIncidents } from "@/features/exam_days/Incidents.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-incidents/")({
  validateSearch: anySearch,
  component: function Page() {
    return <AllIncidents />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { AllReports } from "@/features/reports/Reports.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/reports/")({
  validateSearch: anySearch,
  component: function Page() {
    return <AllReports />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { ReportTypes } from "@/features/reports/ReportTypes.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/report-types/")({
  validateSearch: anySearch,
  component: function Page() {
    return <ReportTypes />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { ReportType } from "@/features/reports/ReportType.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/report-types/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <ReportType key={id} id={id} />;
  },
});

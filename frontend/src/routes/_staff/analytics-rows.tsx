import { createFileRoute } from "@tanstack/react-router";
import { AnalyticsRows } from "@/features/analytics/AnalyticsRows.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/analytics-rows")({
  validateSearch: anySearch,
  component: function Page() {
    return <AnalyticsRows />;
  },
});

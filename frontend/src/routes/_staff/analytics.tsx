import { createFileRoute } from "@tanstack/react-router";
import { Analytics } from "@/features/analytics/Analytics.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/analytics")({
  validateSearch: anySearch,
  component: function Page() {
    return <Analytics />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Reports } from "@/features/settlements/Reports.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/fee-reports")({
  validateSearch: anySearch,
  component: function Page() {
    return <Reports />;
  },
});

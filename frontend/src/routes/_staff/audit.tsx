import { createFileRoute } from "@tanstack/react-router";
import { AuditPage } from "@/features/oversight/AuditPage.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/audit")({
  validateSearch: anySearch,
  component: function Page() {
    return <AuditPage />;
  },
});

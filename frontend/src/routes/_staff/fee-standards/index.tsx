import { createFileRoute } from "@tanstack/react-router";
import { Standards } from "@/features/fees/Standards.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/fee-standards/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Standards />;
  },
});

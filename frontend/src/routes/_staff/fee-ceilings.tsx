import { createFileRoute } from "@tanstack/react-router";
import { Ceilings } from "@/features/fees/Ceilings.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/fee-ceilings")({
  validateSearch: anySearch,
  component: function Page() {
    return <Ceilings />;
  },
});

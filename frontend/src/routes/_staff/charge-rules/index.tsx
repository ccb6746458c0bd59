import { createFileRoute } from "@tanstack/react-router";
import { ChargeRules } from "@/features/charges/Rules.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/charge-rules/")({
  validateSearch: anySearch,
  component: function Page() {
    return <ChargeRules />;
  },
});

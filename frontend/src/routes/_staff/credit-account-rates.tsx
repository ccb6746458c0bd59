import { createFileRoute } from "@tanstack/react-router";
import { Rates } from "@/features/credits/Rates.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/credit-account-rates")({
  validateSearch: anySearch,
  component: function Page() {
    return <Rates />;
  },
});

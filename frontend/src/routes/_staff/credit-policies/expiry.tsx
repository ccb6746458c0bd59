import { createFileRoute } from "@tanstack/react-router";
import { NewExpiryPolicy } from "@/features/credits/NewExpiryPolicy.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/credit-policies/expiry")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewExpiryPolicy />;
  },
});

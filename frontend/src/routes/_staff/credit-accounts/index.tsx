import { createFileRoute } from "@tanstack/react-router";
import { Accounts } from "@/features/credits/Accounts.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/credit-accounts/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Accounts />;
  },
});

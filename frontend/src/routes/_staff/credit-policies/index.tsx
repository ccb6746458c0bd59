import { createFileRoute } from "@tanstack/react-router";
import { Policies } from "@/features/credits/Policies.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/credit-policies/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Policies />;
  },
});

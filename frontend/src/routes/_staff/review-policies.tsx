import { createFileRoute } from "@tanstack/react-router";
import { ReviewPolicies } from "@/features/certificates/Policies.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/review-policies")({
  validateSearch: anySearch,
  component: function Page() {
    return <ReviewPolicies />;
  },
});

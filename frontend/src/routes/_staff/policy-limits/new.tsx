import { createFileRoute } from "@tanstack/react-router";
import { NewLimit } from "@/features/mappings/NewLimit.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/policy-limits/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewLimit />;
  },
});

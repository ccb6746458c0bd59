import { createFileRoute } from "@tanstack/react-router";
import { Limits } from "@/features/mappings/Limits.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/policy-limits/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Limits />;
  },
});

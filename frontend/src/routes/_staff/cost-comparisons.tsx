import { createFileRoute } from "@tanstack/react-router";
import { Comparison } from "@/features/fees/Comparison.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/cost-comparisons")({
  validateSearch: anySearch,
  component: function Page() {
    return <Comparison />;
  },
});

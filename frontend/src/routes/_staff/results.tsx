import { createFileRoute } from "@tanstack/react-router";
import { Results } from "@/features/results/Results.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/results")({
  validateSearch: anySearch,
  component: function Page() {
    return <Results />;
  },
});

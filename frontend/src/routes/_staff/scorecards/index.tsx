import { createFileRoute } from "@tanstack/react-router";
import { Scorecards } from "@/features/governance/Scorecards.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/scorecards/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Scorecards />;
  },
});

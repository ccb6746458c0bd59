import { createFileRoute } from "@tanstack/react-router";
import { Scorecard } from "@/features/governance/Scorecards.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/scorecards/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Scorecard key={id} certificateId={id} />;
  },
});

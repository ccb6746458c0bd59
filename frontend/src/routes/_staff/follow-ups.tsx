import { createFileRoute } from "@tanstack/react-router";
import { AllFollowUps } from "@/features/guidance/FollowUps.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/follow-ups")({
  validateSearch: anySearch,
  component: function Page() {
    return <AllFollowUps />;
  },
});

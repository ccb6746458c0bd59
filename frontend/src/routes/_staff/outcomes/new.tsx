import { createFileRoute } from "@tanstack/react-router";
import { NewOutcome } from "@/features/credits/NewOutcome.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/outcomes/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewOutcome />;
  },
});

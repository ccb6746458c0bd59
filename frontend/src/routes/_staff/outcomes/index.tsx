import { createFileRoute } from "@tanstack/react-router";
import { Outcomes } from "@/features/credits/Outcomes.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/outcomes/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Outcomes />;
  },
});

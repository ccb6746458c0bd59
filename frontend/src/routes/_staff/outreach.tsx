import { createFileRoute } from "@tanstack/react-router";
import { Outreach } from "@/features/guidance/Outreach.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/outreach")({
  validateSearch: anySearch,
  component: function Page() {
    return <Outreach />;
  },
});

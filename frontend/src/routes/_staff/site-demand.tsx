import { createFileRoute } from "@tanstack/react-router";
import { Demand } from "@/features/sites/Demand.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/site-demand")({
  validateSearch: anySearch,
  component: function Page() {
    return <Demand />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Findings } from "@/features/mappings/Findings.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/showcase-findings")({
  validateSearch: anySearch,
  component: function Page() {
    return <Findings />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { AllFindings } from "@/features/supervision/Findings.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/supervision-findings/")({
  validateSearch: anySearch,
  component: function Page() {
    return <AllFindings />;
  },
});

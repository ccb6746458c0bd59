import { createFileRoute } from "@tanstack/react-router";
import { QualificationCoverage } from "@/features/qualifications/Qualifications.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/qualification-coverage")({
  validateSearch: anySearch,
  component: function Page() {
    return <QualificationCoverage />;
  },
});

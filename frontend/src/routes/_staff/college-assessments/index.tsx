import { createFileRoute } from "@tanstack/react-router";
import { Assessments } from "@/features/supervision/Assessments.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/college-assessments/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Assessments />;
  },
});

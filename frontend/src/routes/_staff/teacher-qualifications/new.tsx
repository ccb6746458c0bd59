import { createFileRoute } from "@tanstack/react-router";
import { GrantQualifications } from "@/features/qualifications/GrantQualifications.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/teacher-qualifications/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <GrantQualifications />;
  },
});

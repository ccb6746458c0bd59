import { createFileRoute } from "@tanstack/react-router";
import { Qualifications } from "@/features/qualifications/Qualifications.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/teacher-qualifications/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Qualifications />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { SeedTeachers } from "@/features/qualifications/SeedTeachers.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/seed-teachers/")({
  validateSearch: anySearch,
  component: function Page() {
    return <SeedTeachers />;
  },
});

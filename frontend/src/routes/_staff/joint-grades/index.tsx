import { createFileRoute } from "@tanstack/react-router";
import { JointGrades } from "@/features/exams/joint/JointGrades.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/joint-grades/")({
  validateSearch: anySearch,
  component: function Page() {
    return <JointGrades />;
  },
});

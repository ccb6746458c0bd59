import { createFileRoute } from "@tanstack/react-router";
import { JointExams } from "@/features/exams/joint/JointExams.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/joint-exams/")({
  validateSearch: anySearch,
  component: function Page() {
    return <JointExams />;
  },
});

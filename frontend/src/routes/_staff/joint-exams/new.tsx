import { createFileRoute } from "@tanstack/react-router";
import { NewJointExam } from "@/features/exams/joint/JointForm.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/joint-exams/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewJointExam />;
  },
});

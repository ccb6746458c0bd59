import { createFileRoute } from "@tanstack/react-router";
import { ChangeJointExam } from "@/features/exams/joint/JointForm.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/joint-exams/$id/edit")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <ChangeJointExam key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { JointExam } from "@/features/exams/joint/JointExam.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/joint-exams/$id/")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <JointExam key={id} id={id} />;
  },
});

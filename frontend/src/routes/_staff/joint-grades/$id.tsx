import { createFileRoute } from "@tanstack/react-router";
import { JointGrade } from "@/features/exams/joint/JointGrade.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/joint-grades/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <JointGrade key={id} id={id} />;
  },
});

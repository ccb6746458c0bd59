import { createFileRoute } from "@tanstack/react-router";
import { Result } from "@/features/student_space/exams/Result.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/results/$registrationId")({
  beforeLoad: () => loadMessages("student-exams", "student-results"),
  component: function ResultPage() {
    return <Result {...Route.useParams()} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Exams } from "@/features/student_space/exams/Exams.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/exams/")({
  beforeLoad: () => loadMessages("student-exams", "student-guarantee"),
  component: Exams,
});

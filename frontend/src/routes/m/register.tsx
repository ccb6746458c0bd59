import { createFileRoute } from "@tanstack/react-router";
import { Register } from "@/features/student_space/exams/Register.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/register")({
  beforeLoad: () => loadMessages("student-register"),
  component: Register,
});

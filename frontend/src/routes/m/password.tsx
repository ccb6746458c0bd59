import { createFileRoute } from "@tanstack/react-router";
import { Password } from "@/features/student_space/me/Password.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/password")({
  beforeLoad: () => loadMessages("student-me"),
  component: Password,
});

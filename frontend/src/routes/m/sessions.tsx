import { createFileRoute } from "@tanstack/react-router";
import { Sessions } from "@/features/student_space/me/Sessions.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/sessions")({
  beforeLoad: () => loadMessages("student-me"),
  component: Sessions,
});

import { createFileRoute } from "@tanstack/react-router";
import { Progress } from "@/features/student_space/credits/Progress.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/progress")({
  beforeLoad: () => loadMessages("student-credits"),
  component: Progress,
});

import { createFileRoute } from "@tanstack/react-router";
import { Awards } from "@/features/student_space/awards/Awards.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/awards/")({
  beforeLoad: () => loadMessages("student-awards"),
  component: Awards,
});

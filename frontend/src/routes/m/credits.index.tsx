import { createFileRoute } from "@tanstack/react-router";
import { Credits } from "@/features/student_space/credits/Credits.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/credits/")({
  beforeLoad: () => loadMessages("student-credits"),
  component: Credits,
});

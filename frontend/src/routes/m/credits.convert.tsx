import { createFileRoute } from "@tanstack/react-router";
import { Convert } from "@/features/student_space/credits/Convert.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/credits/convert")({
  beforeLoad: () => loadMessages("student-convert"),
  component: Convert,
});

import { createFileRoute } from "@tanstack/react-router";
import { Offset } from "@/features/student_space/credits/Offset.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/credits/offset")({
  beforeLoad: () => loadMessages("student-convert"),
  component: Offset,
});

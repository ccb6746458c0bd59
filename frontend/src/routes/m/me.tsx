import { createFileRoute } from "@tanstack/react-router";
import { Me } from "@/features/student_space/me/Me.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/me")({ beforeLoad: () => loadMessages("student-me"), component: Me });

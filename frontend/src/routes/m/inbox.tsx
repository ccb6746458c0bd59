import { createFileRoute } from "@tanstack/react-router";
import { Inbox } from "@/features/student_space/me/Inbox.tsx";

export const Route = createFileRoute("/m/inbox")({ component: Inbox });

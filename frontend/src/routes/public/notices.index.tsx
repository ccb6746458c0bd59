import { createFileRoute } from "@tanstack/react-router";
import { Notices } from "@/features/public/Notices.tsx";

export const Route = createFileRoute("/public/notices/")({ component: Notices });

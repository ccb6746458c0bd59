import { createFileRoute } from "@tanstack/react-router";
import { Home } from "@/features/shell/Home.tsx";

export const Route = createFileRoute("/_staff/")({ component: Home });

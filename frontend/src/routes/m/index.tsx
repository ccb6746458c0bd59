import { createFileRoute } from "@tanstack/react-router";
import { Home } from "@/features/student_space/home/Home.tsx";

export const Route = createFileRoute("/m/")({ component: Home });

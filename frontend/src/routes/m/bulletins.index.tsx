import { createFileRoute } from "@tanstack/react-router";
import { Bulletins } from "@/features/student_space/me/Bulletins.tsx";

export const Route = createFileRoute("/m/bulletins/")({ component: Bulletins });

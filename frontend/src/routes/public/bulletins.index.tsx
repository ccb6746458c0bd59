import { createFileRoute } from "@tanstack/react-router";
import { Bulletins } from "@/features/public/Bulletins.tsx";

export const Route = createFileRoute("/public/bulletins/")({ component: Bulletins });

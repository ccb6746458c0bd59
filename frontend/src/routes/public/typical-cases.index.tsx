import { createFileRoute } from "@tanstack/react-router";
import { Cases } from "@/features/public/Cases.tsx";

export const Route = createFileRoute("/public/typical-cases/")({ component: Cases });

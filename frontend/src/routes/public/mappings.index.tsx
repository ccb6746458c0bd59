import { createFileRoute } from "@tanstack/react-router";
import { Mappings } from "@/features/public/Mappings.tsx";

export const Route = createFileRoute("/public/mappings/")({ component: Mappings });

import { createFileRoute } from "@tanstack/react-router";
import { MappingNotices } from "@/features/public/MappingNotices.tsx";

export const Route = createFileRoute("/public/mapping-notices")({ component: MappingNotices });

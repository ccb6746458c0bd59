import { createFileRoute } from "@tanstack/react-router";
import { Certificates } from "@/features/public/Certificates.tsx";

export const Route = createFileRoute("/public/certificates")({ component: Certificates });

import { createFileRoute } from "@tanstack/react-router";
import { PasswordByLink } from "@/features/identity/PasswordByLink.tsx";

export const Route = createFileRoute("/password")({ component: PasswordByLink });

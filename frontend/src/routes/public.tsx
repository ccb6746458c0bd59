import { createFileRoute } from "@tanstack/react-router";
import { PublicFrame } from "@/features/public/PublicFrame.tsx";
import { loadMessages } from "@/lib/i18n.ts";

/** What everybody may read without signing in. */
export const Route = createFileRoute("/public")({
  beforeLoad: () => loadMessages("public"),
  component: PublicFrame,
});

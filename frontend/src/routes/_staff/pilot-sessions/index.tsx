import { createFileRoute } from "@tanstack/react-router";
import { Sessions } from "@/features/pilot_sessions/Sessions.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/pilot-sessions/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Sessions />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Session } from "@/features/pilot_sessions/Session.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/pilot-sessions/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Session key={id} id={id} />;
  },
});

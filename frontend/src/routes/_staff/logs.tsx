import { createFileRoute } from "@tanstack/react-router";
import { Logs } from "@/features/oversight/Logs.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/logs")({
  validateSearch: anySearch,
  component: function Page() {
    return <Logs />;
  },
});

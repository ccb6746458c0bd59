import { createFileRoute } from "@tanstack/react-router";
import { NewExit } from "@/features/governance/NewExit.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exits/new")({
  validateSearch: anySearch,
  component: function Page() {
    return <NewExit />;
  },
});

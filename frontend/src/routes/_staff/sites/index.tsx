import { createFileRoute } from "@tanstack/react-router";
import { Sites } from "@/features/sites/Sites.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/sites/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Sites />;
  },
});

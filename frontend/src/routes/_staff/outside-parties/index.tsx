import { createFileRoute } from "@tanstack/react-router";
import { Parties } from "@/features/guidance/Parties.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/outside-parties/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Parties />;
  },
});

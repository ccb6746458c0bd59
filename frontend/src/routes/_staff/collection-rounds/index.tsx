import { createFileRoute } from "@tanstack/react-router";
import { Rounds } from "@/features/programme_data/Rounds.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/collection-rounds/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Rounds />;
  },
});

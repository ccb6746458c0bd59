import { createFileRoute } from "@tanstack/react-router";
import { Participations } from "@/features/participations/Participations.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/participations/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Participations />;
  },
});

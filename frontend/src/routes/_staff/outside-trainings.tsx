import { createFileRoute } from "@tanstack/react-router";
import { Outside } from "@/features/training/Outside.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/outside-trainings")({
  validateSearch: anySearch,
  component: function Page() {
    return <Outside />;
  },
});

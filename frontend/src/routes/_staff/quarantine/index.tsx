import { createFileRoute } from "@tanstack/react-router";
import { Quarantine } from "@/features/results/Quarantine.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/quarantine/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Quarantine />;
  },
});

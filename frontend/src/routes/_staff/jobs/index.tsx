import { createFileRoute } from "@tanstack/react-router";
import { Jobs } from "@/features/oversight/Jobs.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/jobs/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Jobs />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Workload } from "@/features/social_training/Workload.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/workload/")({
  validateSearch: anySearch,
  component: function Page() {
    return <Workload />;
  },
});

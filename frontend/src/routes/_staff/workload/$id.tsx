import { createFileRoute } from "@tanstack/react-router";
import { WorkRecord } from "@/features/social_training/Records.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/workload/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <WorkRecord key={id} id={id} />;
  },
});

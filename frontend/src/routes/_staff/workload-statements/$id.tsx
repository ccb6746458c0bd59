import { createFileRoute } from "@tanstack/react-router";
import { Statement } from "@/features/social_training/Workload.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/workload-statements/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Statement key={id} id={id} />;
  },
});

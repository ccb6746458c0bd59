import { createFileRoute } from "@tanstack/react-router";
import { Job } from "@/features/oversight/Job.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/jobs/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Job key={id} id={id} />;
  },
});

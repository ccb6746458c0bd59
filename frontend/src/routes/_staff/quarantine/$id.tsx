import { createFileRoute } from "@tanstack/react-router";
import { QuarantinedResult } from "@/features/results/Quarantine.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/quarantine/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <QuarantinedResult key={id} id={id} />;
  },
});

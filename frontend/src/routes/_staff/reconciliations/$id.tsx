import { createFileRoute } from "@tanstack/react-router";
import { Reconciliation } from "@/features/settlements/Reconciliation.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/reconciliations/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Reconciliation key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { CostSheet } from "@/features/fees/CostSheet.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/cost-sheets/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <CostSheet key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Simulation } from "@/features/mappings/Simulation.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/simulations/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Simulation key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Correction } from "@/features/results/Corrections.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/corrections/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Correction key={id} id={id} />;
  },
});

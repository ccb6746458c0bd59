import { createFileRoute } from "@tanstack/react-router";
import { Objection } from "@/features/results/Objections.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/result-objections/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Objection key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Outcome } from "@/features/credits/Outcome.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/outcomes/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Outcome key={id} id={id} />;
  },
});

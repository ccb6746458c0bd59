import { createFileRoute } from "@tanstack/react-router";
import { Organisation } from "@/features/people/Organisations.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/organisations/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Organisation key={id} id={id} />;
  },
});

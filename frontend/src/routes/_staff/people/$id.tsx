import { createFileRoute } from "@tanstack/react-router";
import { Person } from "@/features/people/People.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/people/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Person key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Client } from "@/features/people/Client.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/machine-clients/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Client key={id} id={id} />;
  },
});

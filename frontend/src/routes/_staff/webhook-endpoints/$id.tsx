import { createFileRoute } from "@tanstack/react-router";
import { Endpoint } from "@/features/partners/Endpoint.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/webhook-endpoints/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Endpoint key={id} id={id} />;
  },
});

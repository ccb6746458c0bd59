import { createFileRoute } from "@tanstack/react-router";
import { Charge } from "@/features/charges/Charge.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/charges/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Charge key={id} id={id} />;
  },
});

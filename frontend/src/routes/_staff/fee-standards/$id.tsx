import { createFileRoute } from "@tanstack/react-router";
import { Standard } from "@/features/fees/Standard.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/fee-standards/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Standard key={id} id={id} />;
  },
});

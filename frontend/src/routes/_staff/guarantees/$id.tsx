import { createFileRoute } from "@tanstack/react-router";
import { Guarantee } from "@/features/charges/Guarantee.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/guarantees/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Guarantee key={id} studentId={id} />;
  },
});

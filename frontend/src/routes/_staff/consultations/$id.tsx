import { createFileRoute } from "@tanstack/react-router";
import { Consultation } from "@/features/guidance/Consultation.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/consultations/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Consultation key={id} id={id} />;
  },
});

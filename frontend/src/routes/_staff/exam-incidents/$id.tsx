import { createFileRoute } from "@tanstack/react-router";
import { Incident } from "@/features/exam_days/Incident.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-incidents/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Incident key={id} id={id} />;
  },
});

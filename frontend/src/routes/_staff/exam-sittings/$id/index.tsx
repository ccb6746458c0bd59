import { createFileRoute } from "@tanstack/react-router";
import { Sitting } from "@/features/exam_days/Sitting.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-sittings/$id/")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Sitting key={id} id={id} />;
  },
});

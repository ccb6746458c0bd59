import { createFileRoute } from "@tanstack/react-router";
import { ChangeSitting } from "@/features/exams/Sittings.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-sittings/$id/edit")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <ChangeSitting key={id} id={id} />;
  },
});

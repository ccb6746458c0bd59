import { createFileRoute } from "@tanstack/react-router";
import { Plan } from "@/features/exams/Plan.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-plans/$id/")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Plan key={id} id={id} />;
  },
});

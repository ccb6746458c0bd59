import { createFileRoute } from "@tanstack/react-router";
import { NewSitting } from "@/features/exams/Sittings.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-plans/$id/sittings/new")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <NewSitting key={id} planId={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Register } from "@/features/exams/registering/Register.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/exam-plans/$id/register")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Register key={id} planId={id} />;
  },
});

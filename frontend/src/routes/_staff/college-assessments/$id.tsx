import { createFileRoute } from "@tanstack/react-router";
import { Assessment } from "@/features/supervision/Assessment.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/college-assessments/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Assessment key={id} id={id} />;
  },
});

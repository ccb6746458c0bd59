import { createFileRoute } from "@tanstack/react-router";
import { Survey } from "@/features/guidance/Survey.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/surveys/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Survey key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Participation } from "@/features/participations/Participation.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/participations/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Participation key={id} id={id} />;
  },
});

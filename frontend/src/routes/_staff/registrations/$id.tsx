import { createFileRoute } from "@tanstack/react-router";
import { Registration } from "@/features/exams/Registration.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/registrations/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Registration key={id} id={id} />;
  },
});

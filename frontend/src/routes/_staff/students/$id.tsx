import { createFileRoute } from "@tanstack/react-router";
import { Student } from "@/features/registry/Student.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/students/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Student key={id} id={id} />;
  },
});

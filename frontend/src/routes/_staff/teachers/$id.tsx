import { createFileRoute } from "@tanstack/react-router";
import { Teacher } from "@/features/registry/Teacher.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/teachers/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Teacher key={id} id={id} />;
  },
});

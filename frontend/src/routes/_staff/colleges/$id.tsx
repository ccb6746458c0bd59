import { createFileRoute } from "@tanstack/react-router";
import { College } from "@/features/registry/Colleges.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/colleges/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <College key={id} id={id} />;
  },
});

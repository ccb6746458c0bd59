import { createFileRoute } from "@tanstack/react-router";
import { Policy } from "@/features/publications/Policy.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/policy-documents/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Policy key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { PolicyDraft } from "@/features/publications/PolicyDraft.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/policy-drafts/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <PolicyDraft key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { BulletinDraft } from "@/features/publications/BulletinDraft.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/bulletin-drafts/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <BulletinDraft key={id} id={id} />;
  },
});

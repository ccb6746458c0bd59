import { createFileRoute } from "@tanstack/react-router";
import { Reissue } from "@/features/awards/Reissues.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/award-reissues/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Reissue key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Bulletin } from "@/features/publications/Bulletin.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/bulletins/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Bulletin key={id} id={id} />;
  },
});

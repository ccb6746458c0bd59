import { createFileRoute } from "@tanstack/react-router";
import { Scheme } from "@/features/supervision/Scheme.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/college-schemes/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Scheme key={id} id={id} />;
  },
});

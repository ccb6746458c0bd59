import { createFileRoute } from "@tanstack/react-router";
import { Finding } from "@/features/supervision/Finding.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/supervision-findings/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Finding key={id} id={id} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Report } from "@/features/reports/Report.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/reports/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Report key={id} id={id} />;
  },
});

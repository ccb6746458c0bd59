import { createFileRoute } from "@tanstack/react-router";
import { Return } from "@/features/programme_data/Return.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/programme-returns/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Return key={id} id={id} />;
  },
});

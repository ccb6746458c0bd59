import { createFileRoute } from "@tanstack/react-router";
import { Import } from "@/features/imports/Import.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/imports/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Import key={id} id={id} />;
  },
});

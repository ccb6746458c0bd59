import { createFileRoute } from "@tanstack/react-router";
import { Category } from "@/features/qualifications/Categories.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/certificate-categories/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Category key={id} id={id} />;
  },
});

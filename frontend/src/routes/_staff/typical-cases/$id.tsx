import { createFileRoute } from "@tanstack/react-router";
import { Case } from "@/features/publications/Case.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/typical-cases/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Case key={id} id={id} />;
  },
});

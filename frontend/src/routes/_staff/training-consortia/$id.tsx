import { createFileRoute } from "@tanstack/react-router";
import { Consortium } from "@/features/qualifications/Consortia.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/training-consortia/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Consortium key={id} id={id} />;
  },
});

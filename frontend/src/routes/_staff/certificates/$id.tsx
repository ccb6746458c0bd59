import { createFileRoute } from "@tanstack/react-router";
import { Certificate } from "@/features/certificates/Certificate.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/certificates/$id")({
  validateSearch: anySearch,
  component: function Page() {
    const { id } = Route.useParams();
    return <Certificate key={id} id={id} />;
  },
});

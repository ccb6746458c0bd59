import { createFileRoute } from "@tanstack/react-router";
import { Schemes } from "@/features/certificates/Schemes.tsx";
import { anySearch } from "@/ui/staff/url.ts";

export const Route = createFileRoute("/_staff/schemes/$levelId")({
  validateSearch: anySearch,
  component: function Page() {
    const { levelId } = Route.useParams();
    return <Schemes key={levelId} levelId={levelId} />;
  },
});

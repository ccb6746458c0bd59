import { createFileRoute } from "@tanstack/react-router";
import { Case } from "@/features/public/Cases.tsx";

export const Route = createFileRoute("/public/typical-cases/$caseId")({
  component: function CasePage() {
    return <Case {...Route.useParams()} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { Notice } from "@/features/public/Notice.tsx";

export const Route = createFileRoute("/public/notices/$examPlanId")({
  component: function NoticePage() {
    return <Notice {...Route.useParams()} />;
  },
});

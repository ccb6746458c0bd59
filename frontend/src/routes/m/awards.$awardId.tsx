import { createFileRoute } from "@tanstack/react-router";
import { Award } from "@/features/student_space/awards/Award.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/awards/$awardId")({
  beforeLoad: () => loadMessages("student-awards"),
  component: function AwardPage() {
    return <Award {...Route.useParams()} />;
  },
});

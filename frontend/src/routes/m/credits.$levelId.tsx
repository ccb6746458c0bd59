import { createFileRoute } from "@tanstack/react-router";
import { Explained } from "@/features/student_space/credits/Explained.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/credits/$levelId")({
  beforeLoad: () => loadMessages("student-credits"),
  component: function ExplainedPage() {
    return <Explained {...Route.useParams()} />;
  },
});

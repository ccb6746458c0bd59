import { createFileRoute } from "@tanstack/react-router";
import { Statement } from "@/features/student_space/credits/Statement.tsx";
import { loadMessages } from "@/lib/i18n.ts";
import { useShownAtOnce } from "@/lib/shown.ts";

export const Route = createFileRoute("/m/credits/statement")({
  beforeLoad: () => loadMessages("student-credits"),
  validateSearch: (search): { on?: string } =>
    typeof search.on === "string" && /^\d{4}-\d\d-\d\d$/.test(search.on) ? { on: search.on } : {},
  component: function StatementPage() {
    const { on = "" } = Route.useSearch();
    const [shown, choose] = useShownAtOnce(on);
    const navigate = Route.useNavigate();
    const go = (day: string) => navigate({ search: day ? { on: day } : {}, replace: true });
    return <Statement on={shown} onChoose={(day) => choose(day, () => go(day))} />;
  },
});

import { createFileRoute } from "@tanstack/react-router";
import { startTransition, useOptimistic } from "react";
import { Statement } from "@/features/student_space/credits/Statement.tsx";
import { loadMessages } from "@/lib/i18n.ts";

export const Route = createFileRoute("/m/credits/statement")({
  beforeLoad: () => loadMessages("student-credits"),
  validateSearch: (search): { on?: string } =>
    typeof search.on === "string" && /^\d{4}-\d\d-\d\d$/.test(search.on) ? { on: search.on } : {},
  component: function StatementPage() {
    const { on = "" } = Route.useSearch();
    // A day is shown at once; held back until the address has it, half a day typed would be undone.
    const [shown, show] = useOptimistic(on);
    const navigate = Route.useNavigate();
    const choose = (day: string): void =>
      startTransition(async () => {
        show(day);
        await navigate({ search: day ? { on: day } : {}, replace: true });
      });
    return <Statement on={shown} onChoose={choose} />;
  },
});

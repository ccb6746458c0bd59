import { useTranslation } from "react-i18next";
import { instant } from "@/lib/format.ts";
import { useField } from "./fields.ts";
import { Grid } from "./Grid.tsx";
import { type Group, useWords } from "./words.ts";

interface Step {
  number: number;
  deed: string;
  actor_name: string;
  owner_name: string | null;
  due_on: string | null;
  remark: string | null;
  recorded_at: string;
}

/** What was done about something with an owner and a day, in order. */
export function Steps({ title, steps, as }: { title: string; steps: readonly Step[]; as: Group }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{title}</h2>
      <Grid
        label={title}
        rows={steps}
        keyOf={(step) => String(step.number)}
        columns={[
          { key: "deed", title: t("audit.deed"), show: (step) => word(step.deed, as) },
          { key: "actor", title: t("audit.actor"), show: (step) => step.actor_name },
          { key: "owner", title: t("steps.owner"), show: (step) => step.owner_name ?? "—" },
          { key: "due", title: field("due_on"), show: (step) => step.due_on ?? "—" },
          { key: "remark", title: t("steps.remark"), show: (step) => step.remark ?? "—" },
          { key: "at", title: field("decided_at"), show: (step) => instant(step.recorded_at) },
        ]}
      />
    </section>
  );
}

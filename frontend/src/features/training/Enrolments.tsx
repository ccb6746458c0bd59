import { useTranslation } from "react-i18next";
import { listTrainingEnrolmentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { answerTrainingSurvey, reopenTrainingEnrolment, withdrawTrainingEnrolment } from "@/api/staff/sdk.gen.ts";
import type { TrainingEnrolmentOut } from "@/api/staff/types.gen.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import type { Column } from "@/ui/staff/Grid.tsx";
import { type Asked, List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

const STATES = ["waiting", "enrolled", "concluded", "withdrawn"];
export const RATINGS = ["content", "teaching", "organisation", "usefulness"] as const;

/** Who takes part in a project or waits for a place, in the order of the line. */
export function Enrolments({ projectId }: { projectId: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const columns: Column<TrainingEnrolmentOut>[] = [
    { key: "number", title: t("training.place"), show: (it) => it.number, isNumber: true },
    { key: "teacher", title: t("training.teacher"), show: (it) => `${it.teacher_name}（${it.staff_number}）` },
    { key: "college", title: field("college"), show: (it) => it.college_name },
    ...useColumns(),
  ];
  return (
    <section className="panel">
      <h2>{t("training.line")}</h2>
      <List
        name="training-line"
        label={t("training.line")}
        options={(query: Asked) => listTrainingEnrolmentsOptions({ query })}
        fixed={{ project_id: projectId }}
        keyOf={(it) => it.id}
        filters={[
          { name: "state", label: field("state"), options: useOptions(STATES, "train") },
          { name: "college_id", label: field("college"), options: useColleges() },
        ]}
        columns={columns}
        empty={{ title: t("training.noLine"), hint: t("training.noLineHint") }}
      />
    </section>
  );
}

/** How an enrolment stands and what may be done with it. */
export function useColumns(): Column<TrainingEnrolmentOut>[] {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const deedsOf = useEnrolmentDeeds();
  return [
    {
      key: "state",
      title: field("state"),
      show: (it) => (
        <>
          <State of={it.result ?? it.state} as="train" />
          {it.ahead !== null && <span className="muted">{t("training.ahead", { count: it.ahead })}</span>}
        </>
      ),
    },
    {
      key: "attended",
      title: t("training.attended"),
      show: (it) => (it.hours_attended === null ? "—" : `${it.hours_attended} / ${it.hours}`),
      isNumber: true,
    },
    { key: "module", title: t("training.isModule"), show: (it) => word(String(it.is_x_module)) },
    { key: "because", title: field("reason"), show: (it) => it.withdrawn_because ?? "—" },
    {
      key: "deeds",
      title: field("deeds"),
      show: (it) => (
        <div className="page-deeds">
          <Deeds allowed={it.allowed_deeds} deeds={deedsOf(it)} />
        </div>
      ),
    },
  ];
}

function useEnrolmentDeeds(): (it: TrainingEnrolmentOut) => Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const reason = { name: "reason", label: field("reason"), type: "long" } as const;
  const ratings = ["5", "4", "3", "2", "1"].map((value) => ({ value, label: value }));
  return (it) => {
    const to = { path: { enrolment_id: it.id }, throwOnError: true } as const;
    return {
      withdraw: {
        label: t("training.withdraw"),
        consequence: t("training.withdrawSays"),
        isDanger: true,
        fields: [reason],
        run: (values) => withdrawTrainingEnrolment({ ...to, body: { reason: values.reason ?? "" } }),
      },
      reopen: {
        label: t("training.reopen"),
        consequence: t("training.reopenSays"),
        isDanger: true,
        fields: [reason],
        run: (values) => reopenTrainingEnrolment({ ...to, body: { reason: values.reason ?? "" } }),
      },
      answer_survey: {
        label: t("training.answer"),
        consequence: t("training.answerSays"),
        fields: [
          ...RATINGS.map((name) => ({
            name,
            label: t(`training.${name}`),
            options: ratings,
            hint: t("training.ratingHint"),
          })),
          { name: "comment", label: t("training.comment"), type: "long" as const, isOptional: true },
        ],
        run: (values) =>
          answerTrainingSurvey({
            ...to,
            body: {
              content: Number(values.content),
              teaching: Number(values.teaching),
              organisation: Number(values.organisation),
              usefulness: Number(values.usefulness),
              comment: values.comment || null,
            },
          }),
      },
    };
  };
}

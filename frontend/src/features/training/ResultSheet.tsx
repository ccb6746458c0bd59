import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listTrainingEnrolmentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { recordTrainingResults } from "@/api/staff/sdk.gen.ts";
import type { TrainingEnrolmentOut, TrainingProjectOut, TrainingResultIn } from "@/api/staff/types.gen.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";
import { useOptions } from "@/ui/staff/names.ts";

interface Line {
  hours: string;
  result: string;
}

/** Hours and results of whoever has a place and no result yet: all that are filled in are recorded together. */
export function ResultSheet({ project }: { project: TrainingProjectOut }) {
  const { t } = useTranslation("staff");
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const query = { project_id: project.id, state: "enrolled", page_size: 100 } as const;
  const { data } = useQuery(listTrainingEnrolmentsOptions({ query }));
  const [lines, setLines] = useState<Record<string, Line>>({});
  const [error, setError] = useState<unknown>(null);
  const results = useOptions(["passed", "failed", "absent"], "train");
  const lineOf = (it: TrainingEnrolmentOut): Line =>
    lines[it.id] ?? { hours: String(it.hours_attended ?? project.hours), result: "" };
  const put = (it: TrainingEnrolmentOut, change: Partial<Line>): void =>
    setLines({ ...lines, [it.id]: { ...lineOf(it), ...change } });
  const rows = data?.items ?? [];
  const save = async (): Promise<void> => {
    setError(null);
    const body = rows.map((it) => {
      const { hours, result } = lineOf(it);
      return {
        enrolment_id: it.id,
        hours_attended: Number(hours),
        result: (result || null) as TrainingResultIn["result"],
      };
    });
    try {
      await recordTrainingResults({ path: { project_id: project.id }, body: { rows: body }, throwOnError: true });
      setLines({});
      message.success(t("common.done", { deed: t("training.saveSheet") }));
      await queryClient.invalidateQueries();
    } catch (refusal) {
      setError(refusal);
    }
  };
  if (rows.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("training.sheet")}</h2>
      <p className="muted">{t("training.sheetHint")}</p>
      <Grid
        label={t("training.sheet")}
        rows={rows}
        keyOf={(it) => it.id}
        columns={[
          { key: "teacher", title: t("training.teacher"), show: (it) => `${it.teacher_name}（${it.staff_number}）` },
          {
            key: "hours",
            title: t("training.attended"),
            show: (it) => (
              <input
                inputMode="numeric"
                aria-label={`${t("training.attended")} ${it.teacher_name}`}
                value={lineOf(it).hours}
                onChange={(event) => put(it, { hours: event.target.value })}
              />
            ),
          },
          {
            key: "result",
            title: t("training.result"),
            show: (it) => (
              <select
                aria-label={`${t("training.result")} ${it.teacher_name}`}
                value={lineOf(it).result}
                onChange={(event) =>
                  put(it, {
                    result: event.target.value,
                    // Who is absent attended nothing.
                    ...(event.target.value === "absent" && { hours: "0" }),
                  })
                }
              >
                <option value="">{t("training.attendanceOnly")}</option>
                {results.map((each) => (
                  <option key={each.value} value={each.value}>
                    {each.label}
                  </option>
                ))}
              </select>
            ),
          },
        ]}
      />
      {error !== null && <ProblemNote error={error} />}
      <div className="panel-deeds">
        <Button type="primary" onClick={() => void save()}>
          {t("training.saveSheet")}
        </Button>
      </div>
    </section>
  );
}

import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listGuaranteeForecastRowsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ForecastOut, ForecastRowOut } from "@/api/staff/types.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { DownloadButton } from "./DownloadButton.tsx";

const OUTLOOKS = ["at_risk", "unknown", "placed", "reserved"];

/** Each student who still has the attempt: what is foreseen, why, and the last day on which help is of use. */
export function ForecastRows({ forecast }: { forecast: ForecastOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const path = `/v1/guarantee-forecasts/${forecast.id}:export`;
  const why = (it: ForecastRowOut): string => [word(it.reason, "outlook"), it.plan_code].filter(Boolean).join(" · ");
  return (
    <>
      <p className="page-deeds">
        <DownloadButton path={`${path}?format=csv`} file="forecast.csv" label={t("settlements.exportCsv")} />
      </p>
      <List
        name="guarantee-forecast-rows"
        label={t("settlements.view.students")}
        options={(query) => listGuaranteeForecastRowsOptions({ path: { forecast_id: forecast.id }, query })}
        keyOf={(it) => it.student_id}
        to={(it) => `/guarantees/${it.student_id}`}
        filters={[
          {
            name: "college_id",
            label: field("college"),
            options: forecast.colleges.map((it) => ({ value: it.college_id, label: it.college_name })),
          },
          { name: "outlook", label: t("settlements.outlook"), options: useOptions(OUTLOOKS, "outlook") },
        ]}
        exports={{ path, file: "forecast.xlsx" }}
        columns={[
          { key: "student_number", title: field("student_number"), show: (it) => it.student_number },
          { key: "name", title: field("person"), show: (it) => it.student_name },
          { key: "programme", title: field("programme"), show: (it) => it.programme_name },
          { key: "class", title: field("class_name"), show: (it) => it.class_name },
          { key: "graduates", title: t("settlements.graduatesOn"), show: (it) => it.graduates_on ?? "—" },
          { key: "outlook", title: t("settlements.outlook"), show: (it) => <State of={it.outlook} as="outlook" /> },
          { key: "why", title: field("reason"), show: (it) => <Why row={it} says={why(it)} /> },
          { key: "last", title: t("settlements.lastUseful"), show: (it) => it.last_useful_on ?? "—" },
          { key: "new", title: t("settlements.isNew"), show: (it) => word(String(it.is_new)) },
        ]}
        empty={{ title: t("settlements.nobodyWaits"), hint: t("settlements.nobodyWaitsHint") }}
      />
    </>
  );
}

function Why({ row, says }: { row: ForecastRowOut; says: string }) {
  if (!row.exam_plan_id) return <>{says}</>;
  return <Link to={`/exam-plans/${row.exam_plan_id}` as never}>{says}</Link>;
}

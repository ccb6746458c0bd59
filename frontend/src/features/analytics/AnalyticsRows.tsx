import { useTranslation } from "react-i18next";
import { listAnalyticsRowsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { AnalyticsRowOut } from "@/api/staff/types.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { aboutOf, FIGURES, useAbout } from "./asked.ts";

/** The rows behind one number of the dashboard, by the same filters. */
export function AnalyticsRows() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const [search] = useUrlState();
  const figure = FIGURES.find((it) => it === search.figure) ?? "candidates";
  const isCredit = figure.startsWith("credits");
  const fixed = { figure, ...aboutOf(search) };
  return (
    <>
      <PageHead title={`${t("analytics.rows")}：${t(`analytics.figure.${figure}`)}`} hint={t("analytics.rowsHint")}>
        <LinkButton to={`/analytics?${new URLSearchParams(aboutOf(search)).toString()}`}>
          {t("analytics.back")}
        </LinkButton>
      </PageHead>
      <List
        name="analytics-rows"
        label={t(`analytics.figure.${figure}`)}
        options={(query) => listAnalyticsRowsOptions({ query: { figure, ...(query as object) } })}
        fixed={fixed}
        keyOf={(it) => it.object_id}
        to={(it) => leadsTo(it)}
        filters={[
          {
            name: "figure",
            label: t("analytics.rows"),
            options: FIGURES.map((it) => ({ value: it, label: t(`analytics.figure.${it}`) })),
          },
          ...useAbout(t("analytics.from"), t("analytics.to")),
        ]}
        columns={[
          { key: "name", title: field("person"), show: (it) => it.name },
          {
            key: "number",
            title: field("student_number"),
            show: (it) => it.student_number ?? t("analytics.social"),
          },
          { key: "college", title: field("college"), show: (it) => it.college_name ?? "—" },
          { key: "programme", title: field("programme"), show: (it) => it.programme_name ?? "—" },
          {
            key: "certificate",
            title: field("certificate"),
            show: (it) => (it.certificate_name ? `${it.certificate_name} ${word(`level_${it.level}`)}` : "—"),
          },
          { key: "on", title: t("analytics.on"), show: (it) => it.happened_on ?? "—" },
          {
            key: "amount",
            title: t("analytics.amount"),
            show: (it) => (isCredit ? (it.amount / 100).toFixed(2) : it.amount),
            isNumber: true,
          },
        ]}
        empty={{ title: t("analytics.noRows"), hint: t("analytics.noRowsHint") }}
      />
    </>
  );
}

/** Where one thing stands by itself; whose it is, where it has no page of its own. */
function leadsTo(it: AnalyticsRowOut): string {
  if (it.object_kind === "award") return `/awards/${it.object_id}`;
  if (it.object_kind === "guarantee") return `/guarantees/${it.student_id}`;
  return it.student_id ? `/students/${it.student_id}` : "/results";
}

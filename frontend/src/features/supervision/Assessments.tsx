import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listAssessmentYearsOptions, listCollegeAssessmentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { CollegeTotalOut } from "@/api/staff/types.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { OpenYear, Years } from "./Years.tsx";

const STATES = ["open", "self_assessed", "returned", "reviewed"];

/** Says what an assessment comes to. */
export function useTotal(): (total: CollegeTotalOut | null) => string {
  const { t } = useTranslation("staff");
  return (total) => (total ? t("supervise.totalOf", { points: total.points, weight: total.assessable_weight }) : "—");
}

/** The colleges' assessments, in no order of merit. */
export function Assessments() {
  const { t } = useTranslation("staff");
  const field = useField();
  const total = useTotal();
  const years = useQuery(listAssessmentYearsOptions({ query: { page_size: 100 } })).data?.items ?? [];
  return (
    <>
      <PageHead title={t("menu.collegeAssessments")} hint={t("supervise.hint")}>
        <OpenYear />
        <LinkButton to="/college-schemes">{t("menu.collegeSchemes")}</LinkButton>
      </PageHead>
      <Years />
      <List
        name="college-assessments"
        label={t("menu.collegeAssessments")}
        options={(query) => listCollegeAssessmentsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/college-assessments/${it.id}`}
        filters={[
          {
            name: "year",
            label: t("supervise.year"),
            options: years.map((it) => ({ value: String(it.year), label: String(it.year) })),
          },
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "state", label: field("state"), options: useOptions(STATES, "supervising") },
        ]}
        columns={[
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "year", title: t("supervise.year"), show: (it) => it.year },
          { key: "total", title: t("supervise.total"), show: (it) => total(it.total), isNumber: true },
          {
            key: "percent",
            title: t("supervise.percent"),
            show: (it) => it.total?.score_percent ?? "—",
            isNumber: true,
          },
          { key: "by", title: t("supervise.selfAssessedBy"), show: (it) => it.self_assessed_by_name ?? "—" },
          { key: "reviewer", title: t("supervise.reviewedBy"), show: (it) => it.reviewed_by_name ?? "—" },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} as="supervising" /> },
        ]}
        empty={{ title: t("supervise.none"), hint: t("supervise.noneHint") }}
      />
    </>
  );
}

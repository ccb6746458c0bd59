import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getCollegeAssessmentHistoryOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { CollegeAssessmentDetailOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useTotal } from "./Assessments.tsx";

/** Everything that was submitted with what it came to, and everything that was answered. */
export function AssessmentHistory({ assessment }: { assessment: CollegeAssessmentDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const total = useTotal();
  const { data } = useQuery(getCollegeAssessmentHistoryOptions({ path: { assessment_id: assessment.id } }));
  if (!data || data.submissions.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("supervise.history")}</h2>
      <Grid
        label={t("supervise.history")}
        rows={data.submissions}
        keyOf={(it) => String(it.number)}
        columns={[
          { key: "number", title: t("supervise.submission"), show: (it) => it.number },
          { key: "by", title: t("supervise.selfAssessedBy"), show: (it) => it.submitted_by_name },
          { key: "at", title: t("supervise.selfAssessedAt"), show: (it) => instant(it.submitted_at) },
          { key: "total", title: t("supervise.total"), show: (it) => total(it.total), isNumber: true },
        ]}
      />
      {data.decisions.length > 0 && (
        <Grid
          label={t("supervise.comment")}
          rows={data.decisions}
          keyOf={(it) => it.decided_at}
          columns={[
            { key: "number", title: t("supervise.submission"), show: (it) => it.submission },
            { key: "state", title: field("state"), show: (it) => <State of={it.state} as="supervising" /> },
            { key: "by", title: t("supervise.reviewedBy"), show: (it) => it.decided_by_name },
            { key: "at", title: field("decided_at"), show: (it) => instant(it.decided_at) },
            { key: "comment", title: t("supervise.comment"), show: (it) => it.comment ?? "—" },
          ]}
        />
      )}
    </section>
  );
}

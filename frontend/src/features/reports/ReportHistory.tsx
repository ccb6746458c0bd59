import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getReportHistoryOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ReportDetailOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { State } from "@/ui/staff/State.tsx";

/** Everything that was submitted, and everything that was answered. */
export function ReportHistory({ report }: { report: ReportDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const { data } = useQuery(getReportHistoryOptions({ path: { report_id: report.id } }));
  if (!data || data.submissions.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("periodic.history")}</h2>
      <Grid
        label={t("periodic.history")}
        rows={data.submissions}
        keyOf={(it) => String(it.number)}
        columns={[
          { key: "number", title: t("periodic.submission"), show: (it) => it.number },
          { key: "at", title: t("periodic.submittedAt"), show: (it) => instant(it.submitted_at) },
          { key: "by", title: t("periodic.submittedBy"), show: (it) => it.submitted_by_name },
          { key: "asOf", title: t("periodic.closesAt"), show: (it) => instant(it.as_of) },
          {
            key: "late",
            title: t("periodic.late"),
            show: (it) => (it.is_late ? <State of="late" as="reporting" /> : "—"),
          },
        ]}
      />
      {data.decisions.length > 0 && (
        <>
          <h2>{t("periodic.decisions")}</h2>
          <Grid
            label={t("periodic.decisions")}
            rows={data.decisions}
            keyOf={(it) => it.decided_at}
            columns={[
              { key: "number", title: t("periodic.submission"), show: (it) => it.submission },
              { key: "state", title: field("state"), show: (it) => <State of={it.state} as="reporting" /> },
              { key: "at", title: field("decided_at"), show: (it) => instant(it.decided_at) },
              { key: "by", title: t("periodic.decidedBy"), show: (it) => it.decided_by_name },
              { key: "comment", title: t("periodic.comment"), show: (it) => it.comment ?? "—" },
            ]}
          />
        </>
      )}
    </section>
  );
}

import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getReportOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { acceptReport, sendBackReport, submitReport } from "@/api/staff/sdk.gen.ts";
import type { ReportDetailOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { download, ifMatch } from "@/lib/http.ts";
import { problemOf } from "@/lib/problems.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { ReportFigures } from "./ReportFigures.tsx";
import { ReportHistory } from "./ReportHistory.tsx";
import { WriteReport } from "./WriteReport.tsx";

export function Report({ id }: { id: string }) {
  return <Loaded options={getReportOptions({ path: { report_id: id } })}>{(it) => <Known report={it} />}</Loaded>;
}

function Known({ report }: { report: ReportDetailOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const deeds = useReportDeeds(report);
  // The copy that was shown when writing began is what the written is checked against.
  const [writing, setWriting] = useState<ReportDetailOut | null>(null);
  const canWrite = report.allowed_deeds.includes("fill");
  const canSubmit = report.allowed_deeds.includes("submit");
  return (
    <>
      <PageHead
        title={`${report.type_name} · ${report.period_label}`}
        state={
          <>
            <State of={report.state} as="reporting" /> {report.is_late && <State of="late" as="reporting" />}
            {report.is_overdue && <State of="overdue" as="reporting" />}
          </>
        }
        hint={`${report.college_name} · ${field("due_on")} ${report.due_on}`}
      >
        {!writing && <Deeds allowed={report.allowed_deeds} deeds={deeds} />}
        {canWrite && !writing && (
          <Button type={canSubmit ? "default" : "primary"} onClick={() => setWriting(report)}>
            {t("periodic.write")}
          </Button>
        )}
        <Files report={report} />
      </PageHead>
      <Standing report={report} canWrite={canWrite} canSubmit={canSubmit} />
      <Facts
        facts={[
          [t("periodic.period"), `${report.period_from} — ${report.period_to}`],
          [t("periodic.closesAt"), instant(report.closes_at)],
          [t("periodic.submittedBy"), report.submitted_by_name],
          [t("periodic.submittedAt"), report.submitted_at ? instant(report.submitted_at) : null],
          [t("periodic.submissions"), report.submissions],
        ]}
      />
      {writing ? (
        <WriteReport shown={writing} onDone={() => setWriting(null)} onCancel={() => setWriting(null)} />
      ) : (
        <ReportFigures report={report} />
      )}
      <ReportHistory report={report} />
      <Audit of={report.id} />
    </>
  );
}

/** What stands in the way, or what the office said. */
function Standing({ report, canWrite, canSubmit }: { report: ReportDetailOut; canWrite: boolean; canSubmit: boolean }) {
  const { t } = useTranslation("staff");
  const titles = report.sections.filter((it) => report.missing_sections.includes(it.code)).map((it) => it.title);
  return (
    <>
      {report.comment && <p className="consequence">{t("periodic.commentSays", { comment: report.comment })}</p>}
      {canWrite && titles.length > 0 && (
        <p className="consequence">{t("periodic.missingSays", { sections: titles.join("、") })}</p>
      )}
      {canWrite && !canSubmit && titles.length === 0 && (
        <p className="consequence">{t("periodic.notClosedSays", { at: instant(report.closes_at) })}</p>
      )}
    </>
  );
}

function Files({ report }: { report: ReportDetailOut }) {
  const { t } = useTranslation("staff");
  const { message } = App.useApp();
  const name = `${report.type_name}-${report.college_name}-${report.period_label}`;
  const save = (deed: string, kind: string): void => {
    download(`/v1/reports/${report.id}:${deed}`, `${name}.${kind}`).catch((error: unknown) => {
      message.error(problemOf(error).detail || t("list.exportFailed"));
    });
  };
  return (
    <>
      <Button onClick={() => save("export", "xlsx")}>{t("periodic.exportTable")}</Button>
      <Button onClick={() => save("print", "pdf")}>{t("periodic.exportPaper")}</Button>
    </>
  );
}

function useReportDeeds(report: ReportDetailOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const to = { path: { report_id: report.id }, throwOnError: true } as const;
  return {
    submit: {
      label: t("periodic.submit"),
      consequence: t("periodic.submitSays", { at: instant(report.closes_at) }),
      run: () => submitReport({ ...to, headers: ifMatch(report) }),
    },
    accept: {
      label: t("periodic.accept"),
      consequence: t("periodic.acceptSays"),
      fields: [{ name: "comment", label: t("periodic.comment"), type: "long", isOptional: true }],
      run: (values) => acceptReport({ ...to, body: { comment: values.comment || null } }),
    },
    send_back: {
      label: t("periodic.sendBack"),
      consequence: t("periodic.sendBackSays"),
      isDanger: true,
      fields: [{ name: "comment", label: t("periodic.comment"), type: "long" }],
      run: (values) => sendBackReport({ ...to, body: { comment: values.comment ?? "" } }),
    },
  };
}

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listReportsOptions, listReportTypesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

const STATES = ["draft", "submitted", "returned", "accepted"];

/** The colleges' reports, with where each is, when it is due and whether it came late. */
export function AllReports() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("menu.reports")} hint={t("periodic.hint")}>
        <LinkButton to="/report-types">{t("menu.reportTypes")}</LinkButton>
      </PageHead>
      <Reports />
    </>
  );
}

/** The reports of one type, or of all. */
export function Reports({ typeId }: { typeId?: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const types = useQuery(listReportTypesOptions({ query: { page_size: 100 } })).data?.items ?? [];
  return (
    <List
      name="reports"
      label={t("menu.reports")}
      options={(query) => listReportsOptions({ query })}
      fixed={typeId ? { report_type_id: typeId } : undefined}
      keyOf={(it) => it.id}
      to={(it) => `/reports/${it.id}`}
      filters={[
        ...(typeId
          ? []
          : [
              {
                name: "report_type_id",
                label: t("periodic.type"),
                options: types.map((it) => ({ value: it.id, label: it.name })),
              },
            ]),
        { name: "college_id", label: field("college"), options: useColleges() },
        { name: "state", label: field("state"), options: useOptions(STATES, "reporting") },
        { name: "is_overdue", label: t("periodic.overdue"), options: useOptions(["true", "false"]) },
        { name: "is_late", label: t("periodic.late"), options: useOptions(["true", "false"]) },
      ]}
      columns={[
        { key: "name", title: t("periodic.report"), show: (it) => `${it.type_name} · ${it.period_label}` },
        { key: "college", title: field("college"), show: (it) => it.college_name },
        { key: "due", title: field("due_on"), show: (it) => it.due_on },
        {
          key: "late",
          title: t("periodic.timeliness"),
          show: (it) =>
            it.is_overdue ? (
              <State of="overdue" as="reporting" />
            ) : it.is_late ? (
              <State of="late" as="reporting" />
            ) : (
              "—"
            ),
        },
        { key: "times", title: t("periodic.submissions"), show: (it) => it.submissions, isNumber: true },
        { key: "by", title: t("periodic.submittedBy"), show: (it) => it.submitted_by_name ?? "—" },
        { key: "state", title: field("state"), show: (it) => <State of={it.state} as="reporting" /> },
      ]}
      empty={{ title: t("periodic.none"), hint: t("periodic.noneHint") }}
    />
  );
}

import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import { getBudgetReportOptions, listFeeBudgetsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { loadFeeBudget } from "@/api/staff/sdk.gen.ts";
import type { BudgetReportOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, yuan } from "@/lib/format.ts";
import { fenOf } from "@/lib/money.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { ReportHead } from "./ReportHead.tsx";

/** What the institution has for exams in a year, what is spent of it, and what is left. */
export function Budget({ year }: { year: number }) {
  const { t } = useTranslation("staff");
  return (
    <>
      <Loaded options={getBudgetReportOptions({ query: { year } })}>
        {(report) => (
          <section className="panel">
            <ReportHead
              of="budget"
              title={t("reports.budget")}
              definition={report.definition}
              asOf={report.as_of}
              year={year}
            />
            <Remaining report={report} />
            <Load year={year} />
          </section>
        )}
      </Loaded>
      <Budgets />
    </>
  );
}

function Remaining({ report }: { report: BudgetReportOut }) {
  const { t } = useTranslation("staff");
  if (!report.is_loaded || !report.budget_fen) {
    return (
      <Empty
        title={t("reports.noBudget", { year: report.year })}
        hint={t("reports.noBudgetHint", { spent: yuan(report.spent_fen) })}
      />
    );
  }
  const percent = Math.round((report.spent_fen / report.budget_fen) * 100);
  return (
    <>
      <div className="tiles">
        {(
          [
            [t("reports.budgetSum"), report.budget_fen],
            [t("reports.spent"), report.spent_fen],
            [t("reports.remaining"), report.remaining_fen],
          ] as const
        ).map(([name, fen]) => (
          <div key={name} className="tile">
            <strong>{yuan(fen)}</strong>
            <span>{name}</span>
          </div>
        ))}
      </div>
      <p className="muted">{t("reports.byDocument", { document: report.document_number })}</p>
      <Progress
        percent={percent}
        status={percent > 100 ? "exception" : "normal"}
        aria-label={t("reports.spentShare", { percent })}
      />
    </>
  );
}

function Load({ year }: { year: number }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  return (
    <p className="page-deeds">
      <Deeds
        allowed={may("fee_budgets:load") ? ["load"] : []}
        deeds={{
          load: {
            label: t("reports.loadBudget"),
            consequence: t("reports.loadBudgetSays"),
            fields: [
              { name: "year", label: t("fees.year"), type: "number", initial: String(year) },
              { name: "amount_fen", label: t("reports.budgetYuan"), type: "money" },
              { name: "document_number", label: field("document_number") },
            ],
            run: (it) =>
              loadFeeBudget({
                body: {
                  year: Number(it.year),
                  amount_fen: fenOf(it.amount_fen),
                  document_number: it.document_number ?? "",
                },
                throwOnError: true,
              }),
          },
        }}
      />
    </p>
  );
}

function Budgets() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <section>
      <h2>{t("reports.budgets")}</h2>
      <List
        name="fee-budgets"
        label={t("reports.budgets")}
        options={(query) => listFeeBudgetsOptions({ query })}
        keyOf={(it) => it.id}
        columns={[
          { key: "year", title: t("fees.year"), show: (it) => it.year },
          { key: "amount", title: t("reports.budgetSum"), show: (it) => yuan(it.amount_fen), isNumber: true },
          { key: "document", title: field("document_number"), show: (it) => it.document_number },
          { key: "revision", title: field("version"), show: (it) => it.revision },
          { key: "loaded", title: t("settlements.loadedAt"), show: (it) => instant(it.loaded_at) },
        ]}
        empty={{ title: t("reports.noBudgets"), hint: t("reports.noBudgetsHint") }}
      />
    </section>
  );
}

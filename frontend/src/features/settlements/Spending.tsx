import { useTranslation } from "react-i18next";
import { getSpendingOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { SpendingRowOut } from "@/api/staff/types.gen.ts";
import { yuan } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import Compared from "@/ui/staff/Compared.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { ReportHead } from "./ReportHead.tsx";

/** What is due for each college, in the order in which the report names them. */
function byCollege(rows: readonly SpendingRowOut[]): [string, { due: number; paid: number }][] {
  const sums = new Map<string, { due: number; paid: number }>();
  for (const row of rows) {
    const sum = sums.get(row.college_name) ?? { due: 0, paid: 0 };
    sums.set(row.college_name, { due: sum.due + row.due_fen, paid: sum.paid + row.paid_fen });
  }
  return [...sums];
}

/** What exams come to for each college and certificate, and who bears it. */
export function Spending({ year }: { year: number }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <Loaded options={getSpendingOptions({ query: { year } })}>
      {(report) => {
        const sums = byCollege(report.rows);
        return (
          <section className="panel">
            <ReportHead
              of="spending"
              title={t("reports.spending")}
              definition={report.definition}
              asOf={report.as_of}
              year={year}
            />
            <div className="tiles">
              <div className="tile">
                <strong>{yuan(report.due_fen)}</strong>
                <span>{t("reports.due")}</span>
              </div>
            </div>
            {report.rows.length === 0 ? (
              <Empty title={t("reports.none")} hint={t("reports.noSpendingHint")} />
            ) : (
              <>
                <Compared
                  label={t("reports.spendingYuan")}
                  of={field("college")}
                  names={sums.map(([name]) => name)}
                  series={[
                    { name: t("reports.due"), values: sums.map(([, it]) => it.due / 100) },
                    { name: t("charges.paid"), values: sums.map(([, it]) => it.paid / 100) },
                  ]}
                  show={(it) => yuan(it === null ? null : it * 100)}
                />
                <h3>{t("reports.byCertificate")}</h3>
                <Grid
                  label={t("reports.byCertificate")}
                  rows={report.rows}
                  keyOf={(it) => `${it.college_id}-${it.certificate_level_id}-${it.payer}`}
                  columns={[
                    { key: "college", title: field("college"), show: (it) => it.college_name },
                    {
                      key: "level",
                      title: field("certificate"),
                      show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
                    },
                    { key: "payer", title: t("charges.payer"), show: (it) => word(it.payer, "payer") },
                    { key: "candidates", title: field("candidates"), show: (it) => it.candidates, isNumber: true },
                    {
                      key: "charged",
                      title: t("settlements.charged_fen"),
                      show: (it) => yuan(it.charged_fen),
                      isNumber: true,
                    },
                    {
                      key: "relief",
                      title: t("charges.relieved"),
                      show: (it) => yuan(it.waived_fen + it.reduced_fen),
                      isNumber: true,
                    },
                    { key: "due", title: t("reports.due"), show: (it) => yuan(it.due_fen), isNumber: true },
                    { key: "paid", title: t("charges.paid"), show: (it) => yuan(it.paid_fen), isNumber: true },
                    {
                      key: "refunded",
                      title: t("charges.refunded"),
                      show: (it) => yuan(it.refunded_fen),
                      isNumber: true,
                    },
                  ]}
                />
              </>
            )}
          </section>
        );
      }}
    </Loaded>
  );
}

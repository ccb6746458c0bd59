import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { getCostAgainstCeilingOptions, getFeeAgainstCostOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { BothOut, ExamForm, Level } from "@/api/staff/types.gen.ts";
import { yuan } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import Compared from "@/ui/staff/Compared.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { ReportHead } from "./ReportHead.tsx";

interface Named {
  certificate_name: string;
  level: Level;
  exam_form: ExamForm;
}

const inYuan = (fen: number | null): number | null => (fen === null ? null : fen / 100);
const shown = (it: number | null): string => yuan(it === null ? null : it * 100);

function useNameOf(): (it: Named) => string {
  const word = useWords();
  return (it) => `${it.certificate_name} ${word(`level_${it.level}`)} · ${word(it.exam_form)}`;
}

interface Report<Row> {
  definition: BothOut;
  as_of: string;
  rows: readonly Row[];
}

interface BesideProps<Row> {
  /** The report's name in its address. */
  of: string;
  title: string;
  label: string;
  year: number;
  report: Report<Row>;
  /** Amounts that are laid side by side, in fen. */
  series: readonly [string, (row: Row) => number | null][];
  more: readonly { title: string; show: (row: Row) => ReactNode; isNumber?: boolean }[];
}

/** Amounts of each certificate side by side, as a picture and a table. */
function Beside<Row extends Named>({ of, title, label, year, report, series, more }: BesideProps<Row>) {
  const { t } = useTranslation("staff");
  const field = useField();
  const nameOf = useNameOf();
  return (
    <section className="panel">
      <ReportHead of={of} title={title} definition={report.definition} asOf={report.as_of} year={year} />
      {report.rows.length === 0 ? (
        <Empty title={t("reports.none")} hint={t("reports.noneHint")} />
      ) : (
        <Compared
          label={label}
          of={field("certificate")}
          names={report.rows.map(nameOf)}
          series={series.map(([name, fenOf]) => ({ name, values: report.rows.map((it) => inYuan(fenOf(it))) }))}
          show={shown}
          more={more.map((column) => ({
            ...column,
            show: (at: number) => {
              const row = report.rows[at];
              return row && column.show(row);
            },
          }))}
        />
      )}
    </section>
  );
}

/** What exams cost in the colleges, beside what they may cost. */
export function CostAgainstCeiling({ year }: { year: number }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <Loaded options={getCostAgainstCeilingOptions({ query: { year } })}>
      {(report) => (
        <Beside
          of="cost-against-ceiling"
          title={t("reports.ceiling")}
          label={t("reports.ceilingYuan")}
          year={year}
          report={report}
          series={[
            [t("fees.lowest"), (it) => it.lowest_cost_fen],
            [t("fees.highest"), (it) => it.highest_cost_fen],
            [t("fees.ceiling"), (it) => it.ceiling_fen],
          ]}
          more={[
            { title: t("fees.colleges"), show: (it) => it.colleges, isNumber: true },
            { title: t("reports.room"), show: (it) => yuan(it.difference_fen), isNumber: true },
            { title: t("reports.aboveCeiling"), show: (it) => it.above_ceiling, isNumber: true },
            { title: field("document_number"), show: (it) => it.ceiling_document ?? "—" },
          ]}
        />
      )}
    </Loaded>
  );
}

/** What is charged for exams, beside what they cost. */
export function FeeAgainstCost({ year }: { year: number }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <Loaded options={getFeeAgainstCostOptions({ query: { year } })}>
      {(report) => (
        <Beside
          of="fee-against-cost"
          title={t("reports.fee")}
          label={t("reports.feeYuan")}
          year={year}
          report={report}
          series={[
            [t("fees.fee"), (it) => it.fee_fen],
            [t("fees.lowest"), (it) => it.lowest_cost_fen],
            [t("fees.highest"), (it) => it.highest_cost_fen],
          ]}
          more={[
            { title: t("fees.colleges"), show: (it) => it.colleges, isNumber: true },
            { title: t("reports.overLowest"), show: (it) => yuan(it.over_lowest_fen), isNumber: true },
            { title: t("reports.overHighest"), show: (it) => yuan(it.over_highest_fen), isNumber: true },
            { title: t("reports.aboveFee"), show: (it) => it.above_fee, isNumber: true },
            { title: field("basis"), show: (it) => it.fee_basis ?? "—" },
          ]}
        />
      )}
    </Loaded>
  );
}

import { useTranslation } from "react-i18next";
import { getGuaranteeCoverageOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import Compared from "@/ui/staff/Compared.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { ReportHead } from "./ReportHead.tsx";

/** How many of those who have the guaranteed attempt have had it, college by college. */
export function Coverage() {
  const { t } = useTranslation("staff");
  const field = useField();
  const rateOf = (percent: string | null): string => (percent === null ? "—" : `${percent}%`);
  return (
    <Loaded options={getGuaranteeCoverageOptions()}>
      {(report) => (
        <section className="panel">
          <ReportHead
            of="guarantee-coverage"
            title={t("reports.coverage")}
            definition={report.definition}
            asOf={report.as_of}
          />
          <div className="tiles">
            <div className="tile">
              <strong>{rateOf(report.rate_percent)}</strong>
              <span>{t("reports.rate", { part: report.numerator, whole: report.denominator })}</span>
            </div>
          </div>
          {report.rows.length === 0 ? (
            <Empty title={t("reports.none")} hint={t("reports.noneHint")} />
          ) : (
            <Compared
              label={t("reports.coverage")}
              of={field("college")}
              names={report.rows.map((it) => it.college_name)}
              series={[
                { name: t("reports.had"), values: report.rows.map((it) => it.numerator) },
                { name: t("reports.entitled"), values: report.rows.map((it) => it.denominator) },
              ]}
              show={(it) => String(it ?? "—")}
              more={[
                {
                  title: t("reports.rateShort"),
                  show: (at) => rateOf(report.rows[at]?.rate_percent ?? null),
                  isNumber: true,
                },
              ]}
            />
          )}
        </section>
      )}
    </Loaded>
  );
}

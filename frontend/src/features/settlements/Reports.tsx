import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { today } from "@/lib/format.ts";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { Budget } from "./Budget.tsx";

const CostAgainstCeiling = lazy(() => import("./CostReports.tsx").then((it) => ({ default: it.CostAgainstCeiling })));
const FeeAgainstCost = lazy(() => import("./CostReports.tsx").then((it) => ({ default: it.FeeAgainstCost })));
const Coverage = lazy(() => import("./Coverage.tsx").then((it) => ({ default: it.Coverage })));
const Spending = lazy(() => import("./Spending.tsx").then((it) => ({ default: it.Spending })));

/** The figures of fees as of any moment, each with what it means, as a picture, a table and a file. */
export function Reports() {
  const { t } = useTranslation("staff");
  const [search, change] = useUrlState();
  const views = [
    ["ceiling", t("reports.ceiling")],
    ["fee", t("reports.fee")],
    ["coverage", t("reports.coverage")],
    ["spending", t("reports.spending")],
    ["budget", t("reports.budget")],
  ] as const;
  const view = viewIn(views, search.view);
  const year = Number(search.year ?? today().slice(0, 4));
  return (
    <>
      <PageHead title={t("menu.feeReports")} hint={t("reports.hint")}>
        <Views views={views} now={view} label={t("menu.feeReports")} />
      </PageHead>
      {view !== "coverage" && (
        <div className="filters">
          <label className="filter">
            <span>{t("fees.year")}</span>
            <input
              type="number"
              min={2000}
              max={2100}
              value={year}
              onChange={(event) => change({ year: event.target.value || undefined })}
            />
          </label>
        </div>
      )}
      <Suspense fallback={<Waiting />}>
        {view === "ceiling" && <CostAgainstCeiling year={year} />}
        {view === "fee" && <FeeAgainstCost year={year} />}
        {view === "coverage" && <Coverage />}
        {view === "spending" && <Spending year={year} />}
        {view === "budget" && <Budget year={year} />}
      </Suspense>
    </>
  );
}

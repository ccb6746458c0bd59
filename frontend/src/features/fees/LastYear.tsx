import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { CostChangeOut, CostSheetOut } from "@/api/staff/types.gen.ts";
import { yuan } from "@/lib/format.ts";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { useWords } from "@/ui/staff/words.ts";

const Compared = lazy(() => import("@/ui/staff/Compared.tsx"));

/** What a candidate cost by element in last year's accepted sheet, and costs now. */
export function LastYear({ sheet }: { sheet: CostSheetOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const changes = sheet.against_last_year;
  const changeOf = (it: CostChangeOut | undefined): string =>
    it?.change_percent ? `${it.change_percent}%` : t("fees.new");
  return (
    <section className="panel">
      <h2>{t("fees.lastYear")}</h2>
      {changes.length === 0 ? (
        <p className="muted">{t("fees.noLastYear", { year: sheet.year - 1 })}</p>
      ) : (
        <Suspense fallback={<Waiting />}>
          <Compared
            label={t("fees.lastYearYuan")}
            of={t("fees.element")}
            names={changes.map((it) => word(it.element, "cost"))}
            series={[
              { name: String(sheet.year - 1), values: changes.map((it) => it.last_fen / 100) },
              { name: String(sheet.year), values: changes.map((it) => it.now_fen / 100) },
            ]}
            show={(it) => yuan(it === null ? null : it * 100)}
            more={[{ title: t("fees.change"), isNumber: true, show: (at) => changeOf(changes[at]) }]}
          />
        </Suspense>
      )}
    </section>
  );
}

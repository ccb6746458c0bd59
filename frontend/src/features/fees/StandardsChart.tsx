import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { listFeeStandardsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { today, yuan } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useLevels } from "@/ui/staff/names.ts";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";

// Charts are heavy and come after the figures they draw.
const Compared = lazy(() => import("@/ui/staff/Compared.tsx"));

/** What is in force on a day, each fee beside the ceiling it stays under and the cost it is meant to cover. */
export function StandardsChart() {
  const { t } = useTranslation("staff");
  const word = useWords();
  const levels = useLevels();
  const [search, change] = useUrlState();
  const day = search.in_force_on ?? today();
  return (
    <section className="panel">
      <h2>{t("fees.againstCeiling")}</h2>
      <div className="filters">
        <label className="filter">
          <span>{t("fees.inForceOn")}</span>
          <input
            type="date"
            value={day}
            onChange={(event) => change({ in_force_on: event.target.value || undefined })}
          />
        </label>
      </div>
      <Loaded options={listFeeStandardsOptions({ query: { in_force_on: day, page_size: 100 } })}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("fees.noneInForce")} hint={t("fees.noStandardsHint")} />
          ) : (
            <Suspense fallback={<Waiting />}>
              <Compared
                label={t("fees.againstCeilingYuan")}
                of={t("fees.standard")}
                names={items.map((it) => `${nameIn(levels, it.certificate_level_id)} · ${word(it.exam_form)}`)}
                series={[
                  { name: t("fees.fee"), values: items.map((it) => it.fee_fen / 100) },
                  { name: t("fees.ceiling"), values: items.map((it) => it.ceiling_fen / 100) },
                  {
                    name: t("fees.cost"),
                    values: items.map((it) => (it.cost_fen === null ? null : it.cost_fen / 100)),
                  },
                ]}
                show={(it) => yuan(it === null ? null : it * 100)}
              />
            </Suspense>
          )
        }
      </Loaded>
    </section>
  );
}

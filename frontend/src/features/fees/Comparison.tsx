import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { listCostChangeLimitsOptions, listCostComparisonsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { loadCostChangeLimit } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, today, yuan } from "@/lib/format.ts";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { thisYear } from "./names.ts";

const Compared = lazy(() => import("@/ui/staff/Compared.tsx"));

/** What the same exam costs in different colleges, as rows and as a picture, and from which change on one is warned. */
export function Comparison() {
  const { t } = useTranslation("staff");
  const [search] = useUrlState();
  const views = [
    ["list", t("fees.view.list")],
    ["chart", t("fees.view.picture")],
    ["limits", t("fees.view.limits")],
  ] as const;
  const view = viewIn(views, search.view);
  return (
    <>
      <PageHead title={t("menu.costComparisons")} hint={t("fees.comparisonHint")}>
        <Views views={views} now={view} label={t("menu.costComparisons")} />
      </PageHead>
      {view === "list" && <Rows />}
      {view === "chart" && <Picture />}
      {view === "limits" && <Limits />}
    </>
  );
}

function Rows() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <List
      name="cost-comparisons"
      label={t("menu.costComparisons")}
      options={(query) => listCostComparisonsOptions({ query: { ...(query as object), year: yearIn(query) } })}
      keyOf={(it) => it.cost_sheet_id}
      to={(it) => `/cost-sheets/${it.cost_sheet_id}`}
      fixed={{ year: thisYear() }}
      filters={[
        { name: "year", label: t("fees.year"), type: "number" },
        { name: "certificate_level_id", label: field("certificate"), options: useLevels() },
      ]}
      columns={[
        {
          key: "level",
          title: field("certificate"),
          show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
        },
        { key: "form", title: field("exam_form"), show: (it) => word(it.exam_form) },
        { key: "college", title: field("college"), show: (it) => it.college_name },
        { key: "cash", title: t("fees.cashEach"), show: (it) => yuan(it.cash_fen), isNumber: true },
        { key: "in_kind", title: t("fees.inKindEach"), show: (it) => yuan(it.in_kind_fen), isNumber: true },
        { key: "lowest", title: t("fees.lowest"), show: (it) => yuan(it.lowest_fen), isNumber: true },
        { key: "highest", title: t("fees.highest"), show: (it) => yuan(it.highest_fen), isNumber: true },
        { key: "colleges", title: t("fees.colleges"), show: (it) => it.colleges, isNumber: true },
        { key: "ceiling", title: t("fees.ceiling"), show: (it) => yuan(it.ceiling_fen), isNumber: true },
        { key: "last", title: t("fees.lastYearFigure"), show: (it) => yuan(it.last_year_fen), isNumber: true },
      ]}
      empty={{ title: t("fees.noComparison"), hint: t("fees.noComparisonHint") }}
    />
  );
}

function yearIn(query: object): number {
  return Number(Reflect.get(query, "year") ?? thisYear());
}

function Picture() {
  const { t } = useTranslation("staff");
  const word = useWords();
  const [search, change] = useUrlState();
  const year = Number(search.year ?? thisYear());
  return (
    <section className="panel">
      <div className="filters">
        <label className="filter">
          <span>{t("fees.year")}</span>
          <input type="number" value={year} onChange={(event) => change({ year: event.target.value || undefined })} />
        </label>
      </div>
      <Loaded options={listCostComparisonsOptions({ query: { year, page_size: 100 } })}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t("fees.noComparisonHint")}</p>
          ) : (
            <Suspense fallback={<Waiting />}>
              <Compared
                label={t("fees.comparisonYuan")}
                of={t("fees.sheet")}
                names={items.map((it) => `${it.certificate_name} ${word(`level_${it.level}`)} · ${it.college_name}`)}
                series={[
                  { name: t("fees.cashEach"), values: items.map((it) => it.cash_fen / 100) },
                  { name: t("fees.inKindEach"), values: items.map((it) => it.in_kind_fen / 100) },
                  {
                    name: t("fees.ceiling"),
                    values: items.map((it) => (it.ceiling_fen === null ? null : it.ceiling_fen / 100)),
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

function Limits() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const load = (
    <Deeds
      allowed={may("cost_change_limits:load") ? ["load"] : []}
      deeds={{
        load: {
          label: t("fees.loadLimit"),
          consequence: t("fees.loadLimitSays"),
          fields: [
            { name: "percent", label: t("fees.percent"), type: "number" },
            { name: "document_number", label: field("document_number") },
            { name: "effective_from", label: field("effective_from"), type: "date", initial: today() },
          ],
          run: (it) =>
            loadCostChangeLimit({
              body: {
                percent: Number(it.percent),
                document_number: it.document_number ?? "",
                effective_from: it.effective_from ?? "",
              },
              throwOnError: true,
            }),
        },
      }}
    />
  );
  return (
    <>
      <p className="page-deeds">{load}</p>
      <List
        name="cost-change-limits"
        label={t("fees.view.limits")}
        options={(query) => listCostChangeLimitsOptions({ query })}
        keyOf={(it) => it.id}
        columns={[
          { key: "percent", title: t("fees.percent"), show: (it) => `${it.percent}%` },
          { key: "document", title: field("document_number"), show: (it) => it.document_number },
          { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
          { key: "recorded", title: t("fees.recordedAt"), show: (it) => instant(it.recorded_at) },
        ]}
        empty={{ title: t("fees.noLimits"), hint: t("fees.noLimitsHint") }}
      />
    </>
  );
}

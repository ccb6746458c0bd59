import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { getAnalyticsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { AnalyticsBy, AnalyticsGroupOut, AnalyticsOut, Figure, ShareOut } from "@/api/staff/types.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { FilterBar } from "@/ui/staff/FilterBar.tsx";
import { type Column, Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { type Search, useUrlState } from "@/ui/staff/url.ts";
import { aboutOf, useAbout } from "./asked.ts";

const PairChart = lazy(() => import("@/ui/staff/PairChart.tsx"));

const GROUPS = [
  "college",
  "programme",
  "certificate",
  "level",
  "organisation",
  "year",
  "month",
] as const satisfies readonly AnalyticsBy[];
const RATES = ["attainment", "pass_rate", "attendance", "account_opening", "guarantee_coverage"] as const;
type Rate = (typeof RATES)[number];
const MADE_OF: Record<Rate, readonly [Figure, Figure]> = {
  attainment: ["certificates", "student_candidates"],
  pass_rate: ["passed", "judged"],
  attendance: ["attended", "candidates"],
  account_opening: ["accounts", "students"],
  guarantee_coverage: ["guarantees_used", "guarantees"],
};
const CREDITS = ["credits_recognised", "credits_pending", "credits_converted", "conversions"] as const;

/** How the pilot is going: rates and credits by group, as pictures and as a table whose numbers open their rows. */
export function Analytics() {
  const { t } = useTranslation("staff");
  const [search, change] = useUrlState();
  const by = GROUPS.find((it) => it === search.by) ?? "college";
  const about = useAbout(t("analytics.from"), t("analytics.to"));
  const { data, error, refetch } = useQuery(getAnalyticsOptions({ query: { by, ...aboutOf(search) } }));
  return (
    <>
      <PageHead title={t("menu.analytics")} hint={t("analytics.hint")}>
        <LinkButton to="/fee-reports?view=ceiling">{t("analytics.fees")}</LinkButton>
        <LinkButton to="/training-cycles">{t("analytics.training")}</LinkButton>
      </PageHead>
      <div className="filters">
        <label className="filter">
          <span>{t("analytics.by")}</span>
          <select value={by} onChange={(event) => change({ by: event.target.value })}>
            {GROUPS.map((it) => (
              <option key={it} value={it}>
                {t(`analytics.group.${it}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <FilterBar list="analytics" filters={about} />
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Waiting />}
      {data && <Shown told={data} search={search} />}
    </>
  );
}

function Shown({ told, search }: { told: AnalyticsOut; search: Search }) {
  const { t } = useTranslation("staff");
  const columns = useColumns(told.by, search);
  if (told.groups.length === 0) return <Empty title={t("analytics.none")} hint={t("analytics.noneHint")} />;
  const named = told.groups.filter((it) => it.group_id !== null);
  return (
    <>
      <div className="tiles">
        {RATES.map((rate) => (
          <div className="tile" key={rate}>
            <strong>{told.total[rate].percent === null ? "—" : `${told.total[rate].percent}%`}</strong>
            <span>{t(`analytics.${rate}`)}</span>
            <small>
              <Made rate={rate} share={told.total[rate]} about={aboutOf(search)} />
            </small>
          </div>
        ))}
        {CREDITS.map((figure) => (
          <div className="tile" key={figure}>
            <strong>
              <Opens figure={figure} about={aboutOf(search)}>
                {told.total.figures[figure]}
              </Opens>
            </strong>
            <span>{t(`analytics.figure.${figure}`)}</span>
          </div>
        ))}
      </div>
      <Pictures groups={named} />
      <section className="panel">
        <h2>{t("analytics.table")}</h2>
        <Grid
          label={t("analytics.table")}
          rows={[...told.groups, { ...told.total, name: t("analytics.total") }]}
          keyOf={(it, index) => `${it.group_id}-${index}`}
          columns={columns}
        />
        <p className="hint">{t("analytics.asOfNow")}</p>
      </section>
    </>
  );
}

function Pictures({ groups }: { groups: readonly AnalyticsGroupOut[] }) {
  const { t } = useTranslation("staff");
  const named = groups.map((it) => ({ ...it, name: it.name ?? "—" }));
  return (
    <Suspense fallback={<Waiting />}>
      <section className="panel">
        <h2>{t("analytics.rates")}</h2>
        <PairChart
          label={t("analytics.rates")}
          names={[t("analytics.pass_rate"), t("analytics.attainment")]}
          pairs={named.map((it) => ({
            name: it.name,
            values: [Number(it.pass_rate.percent ?? 0), Number(it.attainment.percent ?? 0)],
          }))}
        />
      </section>
      <section className="panel">
        <h2>{t("analytics.credits")}</h2>
        <PairChart
          label={t("analytics.credits")}
          names={[t("analytics.figure.credits_recognised"), t("analytics.figure.credits_converted")]}
          pairs={named.map((it) => ({
            name: it.name,
            values: [Number(it.figures.credits_recognised), Number(it.figures.credits_converted)],
          }))}
        />
      </section>
    </Suspense>
  );
}

function useColumns(by: AnalyticsBy, search: Search): Column<AnalyticsGroupOut>[] {
  const { t } = useTranslation("staff");
  const ofGroup = (it: AnalyticsGroupOut): Search => ({ ...aboutOf(search), ...narrowed(by, it.group_id) });
  /** The rows of what belongs to no group cannot be asked for apart. */
  const isOpen = (it: AnalyticsGroupOut): boolean => it.group_id !== null || it.name !== null;
  return [
    { key: "name", title: t(`analytics.group.${by}`), show: (it) => it.name ?? t("analytics.nobody") },
    ...RATES.map((rate) => ({
      key: rate,
      title: t(`analytics.${rate}`),
      show: (it: AnalyticsGroupOut) => (
        <>
          {it[rate].percent === null ? "—" : `${it[rate].percent}% `}
          {isOpen(it) ? (
            <Made rate={rate} share={it[rate]} about={ofGroup(it)} />
          ) : (
            `${it[rate].numerator}/${it[rate].denominator}`
          )}
        </>
      ),
      isNumber: true,
    })),
    ...CREDITS.map((figure) => ({
      key: figure,
      title: t(`analytics.figure.${figure}`),
      show: (it: AnalyticsGroupOut) =>
        isOpen(it) ? (
          <Opens figure={figure} about={ofGroup(it)}>
            {it.figures[figure]}
          </Opens>
        ) : (
          it.figures[figure]
        ),
      isNumber: true,
    })),
  ];
}

/** Ask about one group alone. */
function narrowed(by: AnalyticsBy, id: string | null): Search {
  if (id === null) return {};
  switch (by) {
    case "college":
      return { college_id: id };
    case "programme":
      return { programme_id: id };
    case "certificate":
      return { certificate_id: id };
    case "level":
      return { certificate_level_id: id };
    case "organisation":
      return { organisation_id: id };
    case "year":
      return { month_from: `${id}-01`, month_to: `${id}-12` };
    case "month":
      return { month_from: id, month_to: id };
  }
}

function Made({ rate, share, about }: { rate: Rate; share: ShareOut; about: Search }) {
  const [part, whole] = MADE_OF[rate];
  return (
    <>
      (
      <Opens figure={part} about={about}>
        {share.numerator}
      </Opens>
      /
      <Opens figure={whole} about={about}>
        {share.denominator}
      </Opens>
      )
    </>
  );
}

/** A number that opens the rows it is made of. */
function Opens({ figure, about, children }: { figure: Figure; about: Search; children: string | number }) {
  const { t } = useTranslation("staff");
  return (
    <Link
      to={"/analytics-rows" as never}
      search={{ ...about, figure } as never}
      style={{ textDecoration: "underline" }}
      aria-label={`${t(`analytics.figure.${figure}`)} ${children}`}
    >
      {children}
    </Link>
  );
}

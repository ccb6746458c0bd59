import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { listRegionalSiteDemandOptions, listSiteDemandOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { FilterBar } from "@/ui/staff/FilterBar.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { useLevels } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";

// Charts are heavy and come after the figures they draw.
const PairChart = lazy(() => import("@/ui/staff/PairChart.tsx"));

/** Where seats are short: who is to be examined in a year against the seats there are, by region and by college. */
export function Demand() {
  const { t } = useTranslation("staff");
  const field = useField();
  const levels = useLevels();
  const [search] = useUrlState();
  const query = {
    page_size: 100,
    ...(search.academic_year && { academic_year: search.academic_year }),
    ...(search.certificate_level_id && { certificate_level_id: search.certificate_level_id }),
  };
  return (
    <>
      <PageHead title={t("places.demand")} hint={t("places.demandHint")} />
      <FilterBar
        list="site-demand"
        filters={[
          { name: "academic_year", label: field("academic_year") },
          { name: "certificate_level_id", label: field("certificate"), options: levels },
        ]}
      />
      <Regions query={query} />
      <Colleges query={query} />
    </>
  );
}

interface Asked {
  page_size: number;
  academic_year?: string;
  certificate_level_id?: string;
}

function Regions({ query }: { query: Asked }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const { data, error, refetch } = useQuery(listRegionalSiteDemandOptions({ query }));
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  if (data.items.length === 0) return <Empty title={t("places.noDemand")} hint={t("places.noDemandHint")} />;
  return (
    <section className="panel">
      <h2>{t("places.byRegion")}</h2>
      <Suspense fallback={<Waiting />}>
        <PairChart
          label={t("places.chart")}
          names={[t("places.wanted"), t("places.seats")]}
          pairs={data.items.map((it) => ({
            name: `${it.province} ${it.certificate_name} ${word(`level_${it.level}`)}`,
            values: [it.seats_wanted, it.seats],
          }))}
        />
      </Suspense>
      <Grid
        label={t("places.byRegion")}
        rows={data.items}
        keyOf={(it) => `${it.province}-${it.certificate_level_id}`}
        columns={[
          { key: "province", title: t("places.province"), show: (it) => it.province },
          {
            key: "level",
            title: t("places.level"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "institutions", title: t("places.institutions"), show: (it) => it.institutions, isNumber: true },
          { key: "asked", title: t("places.asked"), show: (it) => it.seats_asked, isNumber: true },
          { key: "wanted", title: t("places.wanted"), show: (it) => it.seats_wanted, isNumber: true },
          { key: "registered", title: t("places.registered"), show: (it) => it.registered, isNumber: true },
          { key: "seats", title: t("places.seats"), show: (it) => it.seats, isNumber: true },
          {
            key: "turns",
            title: t("places.turns"),
            show: (it) => it.turns_needed ?? t("places.noSeat"),
            isNumber: true,
          },
        ]}
      />
    </section>
  );
}

function Colleges({ query }: { query: Asked }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const { data, error, refetch } = useQuery(listSiteDemandOptions({ query }));
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting />;
  if (data.items.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("places.byCollege")}</h2>
      <Grid
        label={t("places.byCollege")}
        rows={data.items}
        keyOf={(it) => `${it.college_id}-${it.certificate_level_id}`}
        columns={[
          { key: "college", title: field("college"), show: (it) => it.college_name },
          {
            key: "level",
            title: t("places.level"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "asked", title: t("places.asked"), show: (it) => it.seats_asked, isNumber: true },
          { key: "wanted", title: t("places.wanted"), show: (it) => it.seats_wanted, isNumber: true },
          { key: "registered", title: t("places.registered"), show: (it) => it.registered, isNumber: true },
          { key: "own", title: t("places.seatsOwn"), show: (it) => it.seats_own, isNumber: true },
          { key: "shared", title: t("places.seatsShared"), show: (it) => it.seats_shared, isNumber: true },
          {
            key: "turns",
            title: t("places.turns"),
            show: (it) => it.turns_needed ?? t("places.noSeat"),
            isNumber: true,
          },
          {
            key: "programmes",
            title: t("places.programmes"),
            show: (it) =>
              it.programmes.map((of) => `${of.programme_name} ${of.registered}/${of.seats_wanted}`).join("、") || "—",
          },
        ]}
      />
    </section>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { getJobOptions, getLatestGuaranteeForecastOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { makeGuaranteeForecast } from "@/api/staff/sdk.gen.ts";
import type { CollegeForecastOut, ForecastOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { daysUntil, instant } from "@/lib/format.ts";
import { problemOf } from "@/lib/problems.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { ForecastRows } from "./ForecastRows.tsx";
import { GraduationDays } from "./GraduationDays.tsx";

const Compared = lazy(() => import("@/ui/staff/Compared.tsx"));
const OUTLOOKS = ["reserved", "placed", "at_risk", "unknown"] as const;
const MOVING = new Set(["queued", "running"]);

/** Who will miss the guaranteed attempt before graduating, and until when something can still be done. */
export function Forecast() {
  const { t } = useTranslation("staff");
  const [search] = useUrlState();
  const latest = useQuery({ ...getLatestGuaranteeForecastOptions(), retry: false });
  const views = [
    ["colleges", t("settlements.view.colleges")],
    ["students", t("settlements.view.students")],
    ["graduation", t("settlements.view.graduation")],
  ] as const;
  const view = viewIn(views, search.view);
  const isMissing = latest.error !== null && problemOf(latest.error).status === 404;
  return (
    <>
      <PageHead
        title={t("menu.guaranteeForecast")}
        hint={
          latest.data
            ? t("settlements.forecastMade", { at: instant(latest.data.made_at), on: latest.data.looked_on })
            : t("settlements.forecastHint")
        }
      >
        <Views views={views} now={view} label={t("menu.guaranteeForecast")} />
        <MakeAnew />
      </PageHead>
      {view === "graduation" && <GraduationDays />}
      {view !== "graduation" && latest.isPending && <Waiting />}
      {view !== "graduation" && isMissing && (
        <Empty title={t("settlements.noForecast")} hint={t("settlements.noForecastHint")} />
      )}
      {view !== "graduation" && latest.error !== null && !isMissing && (
        <ProblemNote error={latest.error} onRetry={() => void latest.refetch()} />
      )}
      {latest.data && view === "colleges" && <Colleges forecast={latest.data} />}
      {latest.data && view === "students" && <ForecastRows forecast={latest.data} />}
    </>
  );
}

/** Asks for a forecast as of now and waits for the job that makes it. */
function MakeAnew() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const queryClient = useQueryClient();
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useQuery({
    ...getJobOptions({ path: { job_id: jobId ?? "" } }),
    enabled: jobId !== null && may("jobs:read"),
    refetchInterval: (query) => (MOVING.has(query.state.data?.state ?? "queued") ? 700 : false),
  });
  const state = job.data?.state;
  useEffect(() => {
    if (!state || MOVING.has(state)) return;
    setJobId(null);
    void queryClient.invalidateQueries();
  }, [state, queryClient]);
  return (
    <>
      {jobId !== null && (
        <span role="status" aria-busy="true">
          {t("settlements.making")}
        </span>
      )}
      <Deeds
        allowed={may("guarantee_forecasts:make") && jobId === null ? ["make"] : []}
        deeds={{
          make: {
            label: t("settlements.make"),
            consequence: t("settlements.makeSays"),
            run: async () => setJobId((await makeGuaranteeForecast({ throwOnError: true })).data.job_id),
          },
        }}
      />
    </>
  );
}

function Colleges({ forecast }: { forecast: ForecastOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const sum = (name: (typeof OUTLOOKS)[number] | "students"): number =>
    forecast.colleges.reduce((total, it) => total + it[name], 0);
  const lastOf = (it: CollegeForecastOut | undefined): string =>
    it?.last_useful_on
      ? `${it.last_useful_on} ${t("settlements.inDays", { days: daysUntil(it.last_useful_on) })}`
      : "—";
  return (
    <>
      <div className="tiles">
        <div className="tile">
          <strong>{sum("students")}</strong>
          <span>{t("settlements.students")}</span>
        </div>
        {OUTLOOKS.map((name) => (
          <Link
            key={name}
            to={"." as never}
            search={{ view: "students", outlook: name } as never}
            className={sum(name) > 0 ? "tile" : "tile calm"}
          >
            <strong>{sum(name)}</strong>
            <span>{t(`outlook.${name}`)}</span>
          </Link>
        ))}
      </div>
      {forecast.colleges.length === 0 ? (
        <Empty title={t("settlements.nobodyWaits")} hint={t("settlements.nobodyWaitsHint")} />
      ) : (
        <section className="panel">
          <h2>{t("settlements.byCollege")}</h2>
          <Suspense fallback={<Waiting />}>
            <Compared
              label={t("settlements.byCollege")}
              of={field("college")}
              names={forecast.colleges.map((it) => it.college_name)}
              series={OUTLOOKS.map((name) => ({
                name: t(`outlook.${name}`),
                values: forecast.colleges.map((it) => it[name]),
              }))}
              isStacked
              show={(it) => String(it ?? "—")}
              more={[
                {
                  title: t("settlements.newlyAtRisk"),
                  show: (at) => forecast.colleges[at]?.newly_at_risk,
                  isNumber: true,
                },
                { title: t("settlements.lastUseful"), show: (at) => lastOf(forecast.colleges[at]) },
              ]}
            />
          </Suspense>
        </section>
      )}
    </>
  );
}

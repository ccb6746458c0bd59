import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { getPilotProblemAgeingOptions, listPilotProblemsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { raisePilotProblem } from "@/api/staff/sdk.gen.ts";
import type { AgeBucketOut, PilotProblemIn } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { useCertificates, useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useOwnCollege } from "./people.ts";

// Charts are heavy and come after the figures they draw.
const Chart = lazy(() => import("@/ui/staff/Chart.tsx"));

const STATES = ["raised", "assigned", "resolved", "confirmed", "reopened"];
const SEVERITIES = ["low", "medium", "high"];

export function Problems() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const action = <Raise />;
  const isOnlyTrue = [{ value: "true", label: word("true") }];
  return (
    <>
      <PageHead title={t("menu.pilotProblems")} hint={t("problems.hint")}>
        {action}
      </PageHead>
      <Ageing />
      <List
        name="pilot-problems"
        label={t("menu.pilotProblems")}
        options={(query) => listPilotProblemsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/pilot-problems/${it.id}`}
        filters={[
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "state", label: field("state"), options: useOptions(STATES, "guided") },
          { name: "severity", label: t("problems.severity"), options: useOptions(SEVERITIES, "guided") },
          { name: "mine", label: t("problems.mine"), options: isOnlyTrue },
          { name: "overdue", label: t("problems.overdue"), options: isOnlyTrue },
        ]}
        columns={[
          { key: "title", title: t("problems.title"), show: (it) => it.title },
          { key: "college", title: field("college"), show: (it) => it.college_name },
          { key: "severity", title: t("problems.severity"), show: (it) => word(it.severity, "guided") },
          { key: "owner", title: t("problems.owner"), show: (it) => it.owner_name ?? "—" },
          { key: "due", title: field("due_on"), show: (it) => it.due_on ?? "—" },
          { key: "age", title: t("problems.age"), show: (it) => it.age_days, isNumber: true },
          {
            key: "state",
            title: field("state"),
            show: (it) => <State of={it.is_overdue ? "overdue" : it.state} as="guided" />,
          },
        ]}
        empty={{ title: t("problems.none"), hint: t("problems.noneHint"), action }}
      />
    </>
  );
}

function Raise() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const navigate = useNavigate();
  const own = useOwnCollege();
  return (
    <Deeds
      allowed={may("pilot_problems:raise") ? ["raise"] : []}
      deeds={{
        raise: {
          label: t("problems.raise"),
          consequence: t("problems.raiseSays"),
          fields: [
            { name: "title", label: t("problems.title") },
            { name: "college_id", label: field("college"), options: own.options, initial: own.initial },
            {
              name: "about",
              label: t("problems.about"),
              options: useOptions(["certificate", "plan", "other"], "guided"),
              initial: "other",
            },
            {
              name: "certificate_id",
              label: field("certificate"),
              options: useCertificates(),
              isOptional: true,
              hint: t("problems.certificateHint"),
            },
            { name: "plan_code", label: t("problems.planCode"), isOptional: true, hint: t("problems.planCodeHint") },
            {
              name: "severity",
              label: t("problems.severity"),
              options: useOptions(SEVERITIES, "guided"),
              initial: "medium",
            },
            { name: "description", label: t("problems.description"), type: "long" },
          ],
          run: async (it) => {
            const { data } = await raisePilotProblem({
              body: {
                college_id: it.college_id ?? "",
                about: it.about as PilotProblemIn["about"],
                certificate_id: it.certificate_id || null,
                plan_code: it.plan_code || null,
                severity: it.severity as PilotProblemIn["severity"],
                title: it.title ?? "",
                description: it.description ?? "",
              },
              throwOnError: true,
            });
            await navigate({ to: `/pilot-problems/${data.id}` as never });
          },
        },
      }}
    />
  );
}

/** How old what is open is: bars with the same figures as a table, and each college beside the others. */
function Ageing() {
  const { t } = useTranslation("staff");
  const field = useField();
  const { data } = useQuery(getPilotProblemAgeingOptions());
  if (!data || data.open === 0) return null;
  const nameOf = (it: AgeBucketOut): string =>
    it.to_days === null
      ? t("problems.bucketLast", { from: it.from_days })
      : t("problems.bucket", { from: it.from_days, to: it.to_days });
  return (
    <section className="panel">
      <h2>{t("problems.ageing")}</h2>
      <p>{t("problems.ageingSum", { open: data.open, overdue: data.overdue, day: data.as_of })}</p>
      <Suspense fallback={<Waiting />}>
        <Chart
          label={t("problems.ageing")}
          bars={data.buckets.map((it) => ({ name: nameOf(it), value: it.problems }))}
        />
      </Suspense>
      <h3>{t("problems.ageingBy")}</h3>
      <Grid
        label={t("problems.ageingBy")}
        rows={data.colleges}
        keyOf={(it) => it.college_id}
        columns={[
          { key: "college", title: field("college"), show: (it) => it.college_name },
          ...data.buckets.map((bucket, index) => ({
            key: `from_${bucket.from_days}`,
            title: nameOf(bucket),
            show: (it: (typeof data.colleges)[number]) => it.buckets[index]?.problems ?? 0,
            isNumber: true,
          })),
          { key: "open", title: t("problems.openCount"), show: (it) => it.open, isNumber: true },
          { key: "overdue", title: t("problems.overdueCount"), show: (it) => it.overdue, isNumber: true },
          { key: "unassigned", title: t("problems.unassigned"), show: (it) => it.unassigned, isNumber: true },
          { key: "oldest", title: t("problems.oldest"), show: (it) => it.oldest_days ?? "—", isNumber: true },
        ]}
      />
    </section>
  );
}

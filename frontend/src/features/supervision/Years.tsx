import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listAssessmentYearsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { openAssessmentYear, publishCollegeRanking, withdrawCollegeRanking } from "@/api/staff/sdk.gen.ts";
import type { AssessmentYearOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { State } from "@/ui/staff/State.tsx";

const throwOnError = true as const;

/** The years that are open, how far each is, and its ranking. */
export function Years() {
  const { t } = useTranslation("staff");
  const years = useQuery(listAssessmentYearsOptions({ query: { page_size: 100 } })).data?.items ?? [];
  if (years.length === 0) return <p className="muted">{t("supervise.noYears")}</p>;
  return (
    <section className="panel">
      <h2>{t("supervise.year")}</h2>
      <Grid
        label={t("supervise.year")}
        rows={years}
        keyOf={(it) => it.id}
        columns={[
          { key: "year", title: t("supervise.year"), show: (it) => it.year },
          {
            key: "scheme",
            title: t("supervise.scheme"),
            show: (it) => `${it.scheme_name}（${t("supervise.number")} ${it.scheme_number}）`,
          },
          { key: "closes", title: t("supervise.closesAt"), show: (it) => instant(it.closes_at) },
          {
            key: "progress",
            title: t("supervise.progress"),
            show: (it) => `${it.reviewed} / ${it.self_assessed} / ${it.colleges}`,
          },
          {
            key: "ranking",
            title: t("supervise.ranking"),
            show: (it) => (
              <>
                <State of={it.ranking} as="supervising" />
                {it.ranking === "withheld" && it.withdrawal_reason && (
                  <small>{t("supervise.withdrawnFor", { reason: it.withdrawal_reason })}</small>
                )}
              </>
            ),
          },
          { key: "deeds", title: "", show: (it) => <OfYear year={it} /> },
        ]}
      />
    </section>
  );
}

function OfYear({ year }: { year: AssessmentYearOut }) {
  const { t } = useTranslation("staff");
  const path = { year: year.year };
  return (
    <>
      {year.ranking === "published" && (
        <LinkButton to={`/college-rankings/${year.year}`}>{t("supervise.seeRanking")}</LinkButton>
      )}
      <Deeds
        allowed={year.allowed_deeds}
        deeds={{
          publish_ranking: {
            label: t("supervise.publish"),
            consequence: t("supervise.publishSays"),
            run: () => publishCollegeRanking({ path, throwOnError }),
          },
          withdraw_ranking: {
            label: t("supervise.withdraw"),
            consequence: t("supervise.withdrawSays"),
            isDanger: true,
            fields: [{ name: "reason", label: t("supervise.reason"), type: "long" }],
            run: (values) => withdrawCollegeRanking({ path, body: { reason: values.reason ?? "" }, throwOnError }),
          },
        }}
      />
    </>
  );
}

/** Opens a year for all colleges. */
export function OpenYear() {
  const { t } = useTranslation("staff");
  const may = useMay();
  return (
    <Deeds
      allowed={may("college_assessments:decide") ? ["open"] : []}
      deeds={{
        open: {
          label: t("supervise.open"),
          consequence: t("supervise.openSays"),
          fields: [
            { name: "year", label: t("supervise.year"), type: "number" },
            {
              name: "closes_at",
              label: t("supervise.closesAt"),
              type: "datetime-local",
              isOptional: true,
              hint: t("supervise.closesHint"),
            },
          ],
          run: (values) =>
            openAssessmentYear({
              body: {
                year: Number(values.year),
                closes_at: values.closes_at ? new Date(values.closes_at).toISOString() : null,
              },
              throwOnError,
            }),
        },
      }}
    />
  );
}

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { getCertificateOptions, listScorecardsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useCertificates } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { Figures } from "./Figures.tsx";

// Charts are heavy and come after the figures they draw.
const Chart = lazy(() => import("@/ui/staff/Chart.tsx"));

export function Scorecards() {
  const { t } = useTranslation("staff");
  const field = useField();
  const none = t("scorecards.noFigure");
  return (
    <>
      <PageHead title={t("menu.scorecards")} hint={t("scorecards.hint")} />
      <List
        name="scorecards"
        label={t("menu.scorecards")}
        options={(query) => listScorecardsOptions({ query })}
        keyOf={(it) => it.certificate_id ?? it.organisation_id}
        to={(it) => `/scorecards/${it.certificate_id ?? ""}`}
        filters={[{ name: "certificate_id", label: field("certificate"), options: useCertificates() }]}
        columns={[
          { key: "certificate", title: field("certificate"), show: (it) => it.certificate_name ?? "—" },
          { key: "organisation", title: field("organisation"), show: (it) => it.organisation_name },
          {
            key: "pass",
            title: t("scorecards.passRate"),
            show: ({ pass_rate: it }) => (it.percent ? `${it.percent}% (${it.numerator}/${it.denominator})` : none),
            isNumber: true,
          },
          {
            key: "corrections",
            title: t("scorecards.corrections"),
            show: ({ corrections: it }) =>
              it.per_thousand ? `${it.per_thousand}‰ (${it.numerator}/${it.denominator})` : none,
            isNumber: true,
          },
          {
            key: "latency",
            title: t("scorecards.latency"),
            show: ({ result_latency_days: it }) => (it.mean ? `${it.mean} ${t("scorecards.days")}` : none),
            isNumber: true,
          },
          { key: "waiting", title: t("scorecards.waitingShort"), show: (it) => it.waiting_answers, isNumber: true },
        ]}
        empty={{ title: t("scorecards.none"), hint: t("scorecards.noneHint") }}
      />
    </>
  );
}

/** One certificate's figures with what each is made of, and its pass rate among its organisation's. */
export function Scorecard({ certificateId }: { certificateId: string }) {
  const { t } = useTranslation("staff");
  return (
    <Loaded options={getCertificateOptions({ path: { certificate_id: certificateId } })}>
      {(certificate) => (
        <>
          <PageHead title={`${certificate.name} · ${t("scorecards.title")}`} hint={certificate.organisation.name}>
            <LinkButton to={`/certificates/${certificateId}`}>{t("scorecards.certificate")}</LinkButton>
          </PageHead>
          <Loaded options={listScorecardsOptions({ query: { certificate_id: certificateId } })}>
            {(page) =>
              page.items[0] ? (
                <section className="panel">
                  <h2>{t("scorecards.figures")}</h2>
                  <Figures card={page.items[0]} />
                </section>
              ) : (
                <Empty title={t("scorecards.none")} hint={t("scorecards.noneHint")} />
              )
            }
          </Loaded>
          <AmongOthers organisationId={certificate.organisation.id} />
        </>
      )}
    </Loaded>
  );
}

function AmongOthers({ organisationId }: { organisationId: string }) {
  const { t } = useTranslation("staff");
  const { data } = useQuery(listScorecardsOptions({ query: { organisation_id: organisationId, page_size: 100 } }));
  const bars = (data?.items ?? []).flatMap((it) =>
    it.pass_rate.percent
      ? [{ name: it.certificate_name ?? t("scorecards.wholeOrganisation"), value: Number(it.pass_rate.percent) }]
      : [],
  );
  if (bars.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("scorecards.among")}</h2>
      <Suspense fallback={<Waiting />}>
        <Chart label={t("scorecards.passRatePercent")} bars={bars} />
      </Suspense>
    </section>
  );
}

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { getCertificateReviewOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeCertificateReview, getCertificateReview } from "@/api/staff/sdk.gen.ts";
import type { ReviewOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Change } from "@/ui/staff/Change.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useNames } from "./experts.ts";
import { ReviewHistory } from "./ReviewHistory.tsx";
import { useReviewDeeds } from "./reviewDeeds.tsx";

interface Props {
  id: string;
  /** What other areas know of this review: how the certificate did, and what an exit leaves to be done. */
  besides?: (review: ReviewOut) => ReactNode;
}

export function Review({ id, besides }: Props) {
  return (
    <Loaded options={getCertificateReviewOptions({ path: { review_id: id } })}>
      {(it) => <Known review={it} besides={besides?.(it)} />}
    </Loaded>
  );
}

function Known({ review, besides }: { review: ReviewOut; besides: ReactNode }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const may = useMay();
  const path = { review_id: review.id };
  return (
    <>
      <PageHead
        title={review.certificate_name}
        state={<State of={review.state} />}
        hint={`${word(review.purpose)} · ${review.college_name} · ${review.organisation_name}`}
      >
        {review.allowed_deeds.includes("change") && (
          <Change
            shown={review}
            fields={(it) => [{ name: "grounds", label: t("reviews.grounds"), type: "long", initial: it.grounds }]}
            run={(it, values) =>
              changeCertificateReview({
                path,
                headers: ifMatch(it),
                body: { grounds: values.grounds ?? "" },
                throwOnError: true,
              })
            }
            read={async () => (await getCertificateReview({ path, throwOnError: true })).data}
          />
        )}
        <Deeds allowed={review.allowed_deeds} deeds={useReviewDeeds(review)} />
      </PageHead>
      <Argued review={review} />
      {review.result && <Result result={review.result} />}
      <Opinions review={review} />
      {besides}
      {may("reviews:follow") && <ReviewHistory id={review.id} />}
      <Audit of={review.id} />
    </>
  );
}

function Argued({ review }: { review: ReviewOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <section className="panel">
      <h2>{t("reviews.grounds")}</h2>
      <p>{review.grounds}</p>
      <Facts
        facts={[
          [field("proposed_at"), instant(review.proposed_at)],
          [field("decided_at"), instant(review.decided_at)],
          [t("reviews.decision"), review.decision],
          [t("reviews.exitOn"), review.exit_on],
        ]}
      />
    </section>
  );
}

function Result({ result }: { result: NonNullable<ReviewOut["result"]> }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const beside = (had: string, asked: string): string => `${had}（${t("panels.atLeast", { least: asked })}）`;
  return (
    <section className="panel">
      <h2>{t("reviews.result")}</h2>
      <Facts
        facts={[
          [t("reviews.votes"), beside(String(result.votes), String(result.quorum))],
          [t("reviews.industryFit"), beside(result.industry_fit, result.industry_fit_min)],
          [t("reviews.employerRecognition"), beside(result.employer_recognition, result.employer_recognition_min)],
          [t("panels.policyVersion"), result.policy_version],
          [t("panels.notReached"), result.reasons.map((code) => word(code)).join("、")],
        ]}
      />
    </section>
  );
}

function Opinions({ review }: { review: ReviewOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const nameOf = useNames();
  return (
    <section className="panel">
      <h2>{t("reviews.opinions")}</h2>
      {review.seats.length === 0 && <p className="muted">{t("panels.noSeats")}</p>}
      {review.seats.length > 0 && (
        <Grid
          label={t("reviews.opinions")}
          rows={review.seats}
          keyOf={(it) => it.id}
          columns={[
            { key: "person", title: word("expert"), show: (it) => nameOf(it.person_id) },
            { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
            { key: "fit", title: t("reviews.industryFit"), show: (it) => it.industry_fit ?? "—", isNumber: true },
            {
              key: "employer",
              title: t("reviews.employerRecognition"),
              show: (it) => it.employer_recognition ?? "—",
              isNumber: true,
            },
            { key: "opinion", title: t("reviews.opinion"), show: (it) => it.opinion ?? "—" },
            {
              key: "excuse",
              title: t("panels.excused"),
              show: (it) => (it.excuse_code ? `${word(it.excuse_code)} ${it.excuse_reason ?? ""}` : "—"),
            },
            { key: "voted", title: t("panels.votedAt"), show: (it) => instant(it.voted_at) },
          ]}
        />
      )}
    </section>
  );
}

/** What may be done with a review: each deed with what it needs and what follows from it. */

import { useTranslation } from "react-i18next";
import {
  assignCertificateReview,
  beginCertificateReview,
  concludeCertificateReview,
  excuseFromCertificateReview,
  exitCertificate,
  retainCertificate,
  submitCertificateReview,
  voteInCertificateReview,
} from "@/api/staff/sdk.gen.ts";
import type { ReviewOut } from "@/api/staff/types.gen.ts";
import type { Deed } from "@/ui/staff/Deeds.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { ExpertPicker } from "./ExpertPicker.tsx";

const people = (values: Values): string[] => (values.people ?? "").split(" ").filter(Boolean);

export function useReviewDeeds(review: ReviewOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = { path: { review_id: review.id }, throwOnError: true } as const;
  const decision = [{ name: "decision", label: t("reviews.decision"), type: "long" }] as const;
  const picker = <ExpertPicker review={review} />;
  return {
    submit: { consequence: t("reviews.submitSays"), run: () => submitCertificateReview(to) },
    begin: {
      consequence: t("reviews.beginSays"),
      extra: picker,
      run: (it) => beginCertificateReview({ ...to, body: { person_ids: people(it) } }),
    },
    assign: {
      label: t("panels.assign"),
      consequence: t("panels.assignSays"),
      extra: picker,
      run: (it) => assignCertificateReview({ ...to, body: { person_ids: people(it) } }),
    },
    vote: {
      consequence: t("reviews.voteSays"),
      fields: [
        { name: "industry_fit", label: t("reviews.industryFit"), hint: "0–100" },
        { name: "employer_recognition", label: t("reviews.employerRecognition"), hint: "0–100" },
        { name: "opinion", label: t("reviews.opinion"), type: "long" },
      ],
      run: (it) =>
        voteInCertificateReview({
          ...to,
          body: {
            industry_fit: it.industry_fit ?? "",
            employer_recognition: it.employer_recognition ?? "",
            opinion: it.opinion ?? "",
          },
        }),
    },
    excuse: {
      consequence: t("reviews.excuseSays"),
      fields: [{ name: "reason", label: field("reason"), type: "long" }],
      run: (it) => excuseFromCertificateReview({ ...to, body: { reason: it.reason ?? "" } }),
    },
    conclude: { consequence: t("reviews.concludeSays"), run: () => concludeCertificateReview(to) },
    exit: {
      label: t("exits.decideExit"),
      consequence: t("exits.exitSays", {
        certificate: review.certificate_name,
        college: review.college_name,
        day: review.exit_on ?? "",
      }),
      isDanger: true,
      typed: review.certificate_name,
      fields: decision,
      run: (it) => exitCertificate({ ...to, body: { reason: it.decision ?? "" } }),
    },
    retain: {
      label: t("exits.decideRetain"),
      consequence: t("reviews.retainSays"),
      fields: decision,
      run: (it) => retainCertificate({ ...to, body: { reason: it.decision ?? "" } }),
    },
  };
}

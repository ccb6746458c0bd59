import { useTranslation } from "react-i18next";
import { listReviewPoliciesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { setReviewPolicy } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { today } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";

/** What an admission takes, version by version: how many votes, and how high they must be. */
export function ReviewPolicies() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const set = (
    <Deeds
      allowed={may("review_policies:set") ? ["set"] : []}
      deeds={{
        set: {
          label: t("policies.set"),
          consequence: t("policies.setSays"),
          fields: [
            { name: "effective_from", label: field("effective_from"), type: "date", initial: today() },
            { name: "quorum", label: t("policies.quorum"), type: "number", initial: "3" },
            { name: "industry_fit_min", label: t("policies.industryFit"), hint: "0–100" },
            { name: "employer_recognition_min", label: t("policies.employerRecognition"), hint: "0–100" },
            { name: "basis", label: field("basis"), hint: t("policies.basisHint") },
          ],
          run: (it) =>
            setReviewPolicy({
              body: {
                effective_from: it.effective_from ?? "",
                quorum: Number(it.quorum),
                industry_fit_min: it.industry_fit_min ?? "",
                employer_recognition_min: it.employer_recognition_min ?? "",
                basis: it.basis ?? "",
              },
              throwOnError: true,
            }),
        },
      }}
    />
  );
  return (
    <>
      <PageHead title={t("policies.title")} hint={t("policies.hint")}>
        {set}
      </PageHead>
      <List
        name="review-policies"
        label={t("policies.title")}
        options={(query) => listReviewPoliciesOptions({ query })}
        keyOf={(it) => it.id}
        columns={[
          { key: "version", title: field("version"), show: (it) => it.version },
          { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
          { key: "quorum", title: t("policies.quorum"), show: (it) => it.quorum, isNumber: true },
          { key: "fit", title: t("policies.industryFit"), show: (it) => it.industry_fit_min, isNumber: true },
          {
            key: "employer",
            title: t("policies.employerRecognition"),
            show: (it) => it.employer_recognition_min,
            isNumber: true,
          },
          { key: "basis", title: field("basis"), show: (it) => it.basis },
        ]}
        empty={{ title: t("policies.none"), hint: t("policies.noneHint"), action: set }}
      />
    </>
  );
}

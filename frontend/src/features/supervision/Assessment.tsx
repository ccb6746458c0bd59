import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getCollegeAssessmentOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { reviewCollegeAssessment, sendBackCollegeAssessment, submitCollegeAssessment } from "@/api/staff/sdk.gen.ts";
import type { CollegeAssessmentDetailOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { AssessmentHistory } from "./AssessmentHistory.tsx";
import { useTotal } from "./Assessments.tsx";
import { Findings } from "./Findings.tsx";
import { Scores } from "./Scores.tsx";
import { WriteEntries } from "./WriteEntries.tsx";

type Shown = CollegeAssessmentDetailOut;

export function Assessment({ id }: { id: string }) {
  return (
    <Loaded options={getCollegeAssessmentOptions({ path: { assessment_id: id } })}>
      {(it) => <Known assessment={it} />}
    </Loaded>
  );
}

function Known({ assessment }: { assessment: Shown }) {
  const { t } = useTranslation("staff");
  const total = useTotal();
  const deeds = useAssessmentDeeds(assessment);
  // The copy that was shown when writing began is what the written is checked against.
  const [writing, setWriting] = useState<Shown | null>(null);
  const canWrite = assessment.allowed_deeds.includes("fill");
  const canSubmit = assessment.allowed_deeds.includes("submit");
  return (
    <>
      <PageHead
        title={t("supervise.assessmentOf", { college: assessment.college_name, year: assessment.year })}
        state={<State of={assessment.state} as="supervising" />}
        hint={`${t("supervise.number")} ${assessment.scheme_number} · ${t("supervise.closesAt")} ${instant(assessment.closes_at)}`}
      >
        {!writing && <Deeds allowed={assessment.allowed_deeds} deeds={deeds} />}
        {canWrite && !writing && (
          <Button type={canSubmit ? "default" : "primary"} onClick={() => setWriting(assessment)}>
            {t("supervise.write")}
          </Button>
        )}
      </PageHead>
      {assessment.comment && (
        <p className="consequence">{t("supervise.commentSays", { comment: assessment.comment })}</p>
      )}
      {canWrite && !canSubmit && <Standing assessment={assessment} />}
      <Facts
        facts={[
          [t("supervise.total"), total(assessment.total)],
          [t("supervise.percent"), assessment.total?.score_percent],
          [t("supervise.selfAssessedBy"), assessment.self_assessed_by_name],
          [t("supervise.selfAssessedAt"), assessment.self_assessed_at && instant(assessment.self_assessed_at)],
          [t("supervise.reviewedBy"), assessment.reviewed_by_name],
          [t("supervise.submissions"), assessment.submissions],
        ]}
      />
      {writing ? (
        <WriteEntries shown={writing} onDone={() => setWriting(null)} onCancel={() => setWriting(null)} />
      ) : (
        <Scores assessment={assessment} />
      )}
      <AssessmentHistory assessment={assessment} />
      <h2>{t("supervise.findings")}</h2>
      <Findings of={assessment} />
      <Audit of={assessment.id} />
    </>
  );
}

/** What stands in the way of submitting. */
function Standing({ assessment }: { assessment: Shown }) {
  const { t } = useTranslation("staff");
  const names = assessment.indicators
    .filter((it) => assessment.missing_indicators.includes(it.code))
    .map((it) => it.name);
  return (
    <p className="consequence">
      {names.length > 0
        ? t("supervise.missingSays", { indicators: names.join("、") })
        : t("supervise.notClosedSays", { at: instant(assessment.closes_at) })}
    </p>
  );
}

/** What the office may put in the place of what the college stated: both sides and a reason, or nothing. */
function useAdjustments(assessment: Shown) {
  const { t } = useTranslation("staff");
  const stated = assessment.indicators.filter((it) => it.source === "manual");
  const fields: Field[] = stated.flatMap((it) => [
    {
      name: `${it.code}.numerator`,
      label: `${t("supervise.adjust", { name: it.name })} ${t("supervise.numerator")}`,
      type: "number",
      isOptional: true,
      hint: t("supervise.adjustHint"),
    },
    {
      name: `${it.code}.denominator`,
      label: `${t("supervise.adjust", { name: it.name })} ${t("supervise.denominator")}`,
      type: "number",
      isOptional: true,
    },
    {
      name: `${it.code}.reason`,
      label: t("supervise.adjustReason", { name: it.name }),
      isOptional: true,
    },
  ]);
  const read = (values: Values) =>
    stated
      .filter((it) => ["numerator", "denominator", "reason"].some((part) => values[`${it.code}.${part}`]))
      .map((it) => ({
        code: it.code,
        numerator: Number(values[`${it.code}.numerator`] || 0),
        denominator: Number(values[`${it.code}.denominator`] || 0),
        reason: values[`${it.code}.reason`] ?? "",
      }));
  return { fields, read };
}

function useAssessmentDeeds(assessment: Shown): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const adjustments = useAdjustments(assessment);
  const to = { path: { assessment_id: assessment.id }, throwOnError: true } as const;
  const comment = { name: "comment", label: t("supervise.comment"), type: "long" } as const;
  return {
    submit: {
      label: t("supervise.submit"),
      consequence: t("supervise.submitSays", { at: instant(assessment.closes_at) }),
      run: () => submitCollegeAssessment({ ...to, headers: ifMatch(assessment) }),
    },
    review: {
      label: t("supervise.review"),
      consequence: t("supervise.reviewSays"),
      fields: [...adjustments.fields, { ...comment, isOptional: true }],
      run: (values) =>
        reviewCollegeAssessment({
          ...to,
          headers: ifMatch(assessment),
          body: { comment: values.comment || null, adjustments: adjustments.read(values) },
        }),
    },
    send_back: {
      label: t("supervise.sendBack"),
      consequence: t("supervise.sendBackSays"),
      isDanger: true,
      fields: [comment],
      run: (values) => sendBackCollegeAssessment({ ...to, body: { comment: values.comment ?? "" } }),
    },
  };
}

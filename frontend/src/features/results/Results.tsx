import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listResultsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { raiseResultObjection } from "@/api/staff/sdk.gen.ts";
import type { ExamPlanOut, VisibleResultOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { download } from "@/lib/http.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { OfPlan } from "./OfPlan.tsx";
import { Visibility } from "./Visibility.tsx";

/** The results of a plan as they stand for whoever looks, who may see them from when, and objections for students. */
export function Results() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("desk.results")} hint={t("desk.resultsHint")} />
      <OfPlan>{(plan) => <Known key={plan.id} plan={plan} />}</OfPlan>
    </>
  );
}

function Known({ plan }: { plan: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [error, setError] = useState<unknown>(null);
  const template = (): void => {
    download(`/v1/exam-plans/${plan.id}/results-template`, "results.xlsx").catch(setError);
  };
  return (
    <>
      <div className="page-deeds">
        <State of={plan.state} />
        {may("result_uploads:upload") && (
          <>
            <Button onClick={template}>{t("imports.template")}</Button>
            <LinkButton to={`/result-uploads/new?exam_plan_id=${plan.id}`}>{t("results.upload")}</LinkButton>
          </>
        )}
        {may("result_objections:read") && (
          <LinkButton to={`/result-objections?exam_plan_id=${plan.id}`}>{t("menu.objections")}</LinkButton>
        )}
        {may("quarantine:read") && (
          <LinkButton to={`/quarantine?exam_plan_id=${plan.id}`}>{t("menu.quarantine")}</LinkButton>
        )}
      </div>
      {error !== null && <ProblemNote error={error} />}
      {may("result_visibility:read") && <Visibility planId={plan.id} />}
      <ResultList plan={plan} />
    </>
  );
}

function ResultList({ plan }: { plan: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const [asked, setAsked] = useState<VisibleResultOut | null>(null);
  return (
    <>
      <List
        name="results"
        label={t("desk.results")}
        options={(query) => listResultsOptions({ query })}
        fixed={{ exam_plan_id: plan.id }}
        keyOf={(it) => it.id}
        columns={[
          { key: "number", title: field("admission_number"), show: (it) => it.admission_number },
          { key: "components", title: t("results.components"), show: (it) => componentsOf(it, word) },
          { key: "total", title: t("results.total"), show: (it) => it.total ?? "—", isNumber: true },
          {
            key: "passed",
            title: t("results.verdict"),
            show: (it) => <State of={it.passed === null ? it.activity : it.passed ? "passed" : "failed_exam"} />,
          },
          { key: "grading", title: t("desk.grading"), show: (it) => word(it.grading) },
          { key: "revision", title: t("desk.revision"), show: (it) => it.revision, isNumber: true },
          { key: "at", title: t("desk.recordedAt"), show: (it) => instant(it.recorded_at) },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => (
              <span className="page-deeds">
                {it.award_id && may("awards:read") && (
                  <LinkButton to={`/awards/${it.award_id}`}>{t("desk.award")}</LinkButton>
                )}
                {may("result_objections:raise") && <Button onClick={() => setAsked(it)}>{t("desk.object")}</Button>}
              </span>
            ),
          },
        ]}
        empty={{ title: t("desk.noResults"), hint: t("desk.noResultsHint") }}
      />
      {asked && (
        <FormDialog
          title={t("desk.objectTo", { number: asked.admission_number })}
          submit={t("desk.object")}
          consequence={t("desk.objectSays")}
          fields={[{ name: "text", label: t("desk.grounds"), type: "long" }]}
          run={(it) =>
            raiseResultObjection({ path: { result_id: asked.id }, body: { text: it.text ?? "" }, throwOnError: true })
          }
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function componentsOf(result: VisibleResultOut, word: (code: string) => string): string {
  const pairs = Object.entries(result.components as Record<string, unknown>);
  return pairs.map(([code, score]) => `${word(code)} ${String(score)}`).join("，") || "—";
}

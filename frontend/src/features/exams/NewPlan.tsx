import { useTranslation } from "react-i18next";
import { getExamPlanOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { PlanForm } from "./PlanForm.tsx";

/** A plan as the organisation announces it; it stays a draft until it is published. */
export function NewPlan() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("exams.announce")} hint={t("exams.announceHint")} />
      <PlanForm />
    </>
  );
}

/** A draft, written anew. */
export function ChangePlan({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  return (
    <Loaded options={getExamPlanOptions({ path: { exam_plan_id: id } })}>
      {(plan) => (
        <>
          <PageHead title={t("planning.change")} hint={`${plan.name} · ${plan.institution_name}`} />
          <PlanForm was={plan} />
        </>
      )}
    </Loaded>
  );
}

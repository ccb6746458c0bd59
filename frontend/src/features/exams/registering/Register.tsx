import { useTranslation } from "react-i18next";
import { getExamPlanOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ExamPlanOut } from "@/api/staff/types.gen.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { Cohort } from "./Cohort.tsx";
import { FromFile } from "./FromFile.tsx";
import { Pick } from "./Pick.tsx";
import { Social } from "./Social.tsx";

/** Registering for a plan in each of the four ways. */
export function Register({ planId }: { planId: string }) {
  return (
    <Loaded options={getExamPlanOptions({ path: { exam_plan_id: planId } })}>{(plan) => <Known plan={plan} />}</Loaded>
  );
}

function Known({ plan }: { plan: ExamPlanOut }) {
  const { t } = useTranslation("staff");
  const [search] = useUrlState();
  const views = [
    ["pick", t("planning.pick")],
    ["cohort", t("exams.cohort")],
    ["file", t("planning.fromFile")],
    ["social", t("planning.social")],
  ] as const;
  const view = viewIn(views, search.view);
  return (
    <>
      <PageHead
        title={t("planning.registerFor", { plan: plan.name })}
        state={<State of={plan.state} />}
        hint={t("planning.registerUntil", { day: plan.registration_closes_on })}
      >
        <LinkButton to={`/exam-plans/${plan.id}`}>{t("planning.toPlan")}</LinkButton>
      </PageHead>
      <Views views={views} now={view} label={t("planning.ways")} />
      <section className="panel">
        {view === "pick" && <Pick plan={plan} />}
        {view === "cohort" && <Cohort plan={plan} />}
        {view === "file" && <FromFile plan={plan} />}
        {view === "social" && <Social plan={plan} />}
      </section>
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { listExamPlansOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ExamPlanOut } from "@/api/staff/types.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useUrlState } from "@/ui/staff/url.ts";

/** Results are looked at plan by plan; the plan is in the address, and without one it is the first that has results. */
export function OfPlan({ children }: { children: (plan: ExamPlanOut) => ReactNode }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const [search, change] = useUrlState();
  const { data, error } = useQuery(listExamPlansOptions({ query: { page_size: 100 } }));
  if (error && !data) return <ProblemNote error={error} />;
  if (!data) return <Waiting />;
  const plans = data.items.filter((it) => it.results > 0 || it.id === search.exam_plan_id);
  const plan = plans.find((it) => it.id === search.exam_plan_id) ?? plans[0];
  if (!plan) return <Empty title={t("results.noPlans")} hint={t("results.noPlansHint")} />;
  return (
    <>
      <div className="filters">
        <label className="filter">
          <span>{field("plan")}</span>
          <select value={plan.id} onChange={(event) => change({ exam_plan_id: event.target.value, at: undefined })}>
            {plans.map((it) => (
              <option key={it.id} value={it.id}>
                {it.name}（{it.code}）
              </option>
            ))}
          </select>
        </label>
      </div>
      {children(plan)}
    </>
  );
}

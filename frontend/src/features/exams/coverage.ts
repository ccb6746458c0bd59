import { useQuery } from "@tanstack/react-query";
import { listExaminerCoverageOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ExaminerCoverageOut } from "@/api/staff/types.gen.ts";

/** What is warned of each sitting of a plan, by the sitting's id; asked for once. */
export function useCoverage(planId: string): ReadonlyMap<string, ExaminerCoverageOut> {
  const options = listExaminerCoverageOptions({ path: { exam_plan_id: planId }, query: { page_size: 100 } });
  const { data } = useQuery(options);
  return new Map((data?.items ?? []).map((it) => [it.sitting_id, it]));
}

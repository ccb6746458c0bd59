/** Names for the ids a joint exam carries: its course, and its plan for who may read plans. */

import { useQuery } from "@tanstack/react-query";
import { getCourseOptions, getExamPlanOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";

const LONG = { staleTime: 5 * 60_000 };

export function useCourseName(id: string): string {
  const enabled = useMay()("courses:read");
  const { data } = useQuery({ ...getCourseOptions({ path: { course_id: id } }), ...LONG, enabled });
  return data ? `${data.name}（${data.code}）` : "—";
}

export function usePlanName(id: string): string {
  const enabled = useMay()("exam_plans:read");
  const { data } = useQuery({ ...getExamPlanOptions({ path: { exam_plan_id: id } }), ...LONG, enabled });
  return data?.name ?? "—";
}

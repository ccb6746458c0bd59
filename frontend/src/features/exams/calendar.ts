/** The dates of exam plans in the order of the calendar. */

import type { ExamPlanOut } from "@/api/staff/types.gen.ts";

const KINDS = [
  "registration_opens_on",
  "registration_closes_on",
  "candidates_locked_on",
  "seats_arranged_on",
  "tickets_on",
  "exam_on",
  "results_due_on",
] as const;

export interface Day {
  on: string;
  kind: (typeof KINDS)[number];
  plan: ExamPlanOut;
}

export function monthsOf(plans: readonly ExamPlanOut[]): [string, Day[]][] {
  const days = plans
    .flatMap((plan) => KINDS.flatMap((kind) => (plan[kind] ? [{ on: plan[kind], kind, plan }] : [])))
    .sort((one, other) => one.on.localeCompare(other.on));
  const months = new Map<string, Day[]>();
  for (const day of days) {
    const month = day.on.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), day]);
  }
  return [...months];
}

/** A training plan while it is written: texts as they stand in the form, and what is sent of them. */

import type { CourseCategory, TrainingPlanChange, TrainingPlanWithCoursesOut } from "@/api/staff/types.gen.ts";
import type { Values } from "@/ui/staff/FormDialog.tsx";

export interface PlanDraft {
  programme_id: string;
  entry_year: string;
  graduation_credits: string;
  document_number: string;
  categories: Values[];
  courses: Values[];
}

export function draftOf(plan: TrainingPlanWithCoursesOut | undefined): PlanDraft {
  return {
    programme_id: plan?.programme_id ?? "",
    entry_year: plan ? String(plan.entry_year) : "",
    graduation_credits: plan?.graduation_credits ?? "",
    document_number: plan?.document_number ?? "",
    categories: (plan?.categories ?? []).map(({ category, credits }) => ({ category, credits })),
    courses: (plan?.courses ?? []).map((it) => ({
      course_id: it.course_id,
      code: it.code,
      term: String(it.term),
      credits: it.credits,
      category: it.category,
      is_compulsory: String(it.is_compulsory),
    })),
  };
}

export function bodyOf(draft: PlanDraft): TrainingPlanChange {
  return {
    graduation_credits: draft.graduation_credits,
    document_number: draft.document_number || null,
    categories: draft.categories.map((it) => ({
      category: it.category as CourseCategory,
      credits: it.credits ?? "",
    })),
    courses: draft.courses.map((it) => ({
      course_id: it.course_id ?? "",
      term: Number(it.term),
      credits: it.credits || null,
      category: (it.category || null) as CourseCategory | null,
      is_compulsory: it.is_compulsory ? it.is_compulsory === "true" : null,
    })),
  };
}

/** A plan as a person compares it: one text a field. */
export function shownOf(draft: PlanDraft): Values {
  return {
    graduation_credits: draft.graduation_credits,
    document_number: draft.document_number,
    categories: draft.categories.map((it) => `${it.category} ${it.credits}`).join("; "),
    courses: draft.courses.map((it) => `${it.code ?? it.course_id?.slice(0, 8)} (${it.term})`).join("; "),
  };
}

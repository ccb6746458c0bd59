/** A rule while it is being written: texts as typed, and what they come to. */

import { useQuery } from "@tanstack/react-query";
import { listCertificatesOptions, listCoursesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ComponentOut, CourseOut, MappingOut } from "@/api/staff/types.gen.ts";
import { type Rows, useRows } from "@/ui/staff/rows.ts";

export const COURSE = { course_id: "", credit: "1.00", grade: "" };
export const GRADE = { score_from: "", grade: "" };
export const OFFSET = { component_code: "", course_id: "", share: "100", counts: "" };
export const UNIT: { code: string; name: string; weight: string; covered: Record<string, string> } = {
  code: "",
  name: "",
  weight: "",
  covered: {},
};

export interface Draft {
  courses: Rows<typeof COURSE>;
  grades: Rows<typeof GRADE>;
  offsets: Rows<typeof OFFSET>;
  units: Rows<typeof UNIT>;
}

export function useDraft(shown: MappingOut | undefined): Draft {
  return {
    courses: useRows(
      COURSE,
      shown?.courses.map((it) => ({ course_id: it.course_id, credit: it.credit, grade: it.grade ?? "" })),
    ),
    grades: useRows(GRADE, shown?.grades),
    offsets: useRows(
      OFFSET,
      shown?.offsets.map((it) => ({
        component_code: it.component_code,
        course_id: it.course_id,
        share: String(it.share_percent),
        counts: it.counts_as_percent === null ? "" : String(it.counts_as_percent),
      })),
    ),
    units: useRows(
      UNIT,
      shown?.units.map((it) => ({
        code: it.code,
        name: it.name,
        weight: String(it.weight_percent),
        covered: Object.fromEntries(it.covered_by.map((part) => [part.course_id, String(part.percent)])),
      })),
    ),
  };
}

/** The draft as the API takes it; what belongs to the other direction is left out. */
export function contentOf(draft: Draft, direction: string) {
  const named = new Set(draft.courses.rows.map((it) => it.course_id));
  return {
    courses: draft.courses.rows.map((it) => ({ course_id: it.course_id, credit: it.credit, grade: it.grade || null })),
    grades:
      direction === "certificate_to_course"
        ? draft.grades.rows.map(({ score_from, grade }) => ({ score_from, grade }))
        : [],
    offsets:
      direction === "course_to_assessment"
        ? draft.offsets.rows.map((it) => ({
            component_code: it.component_code,
            course_id: it.course_id,
            share_percent: Number(it.share),
            counts_as_percent: it.counts === "" ? null : Number(it.counts),
          }))
        : [],
    units: draft.units.rows.map((it) => ({
      code: it.code,
      name: it.name,
      weight_percent: Number(it.weight),
      covered_by: Object.entries(it.covered)
        .filter(([course, percent]) => named.has(course) && Number(percent) > 0)
        .map(([course_id, percent]) => ({ course_id, percent: Number(percent) })),
    })),
  };
}

export function sumOf(values: readonly string[]): number {
  return values.reduce((total, it) => total + Number(it || 0), 0);
}

export function useCourses(programme: string): readonly CourseOut[] {
  const { data } = useQuery({
    ...listCoursesOptions({ query: { programme_id: programme, page_size: 100 } }),
    enabled: programme !== "",
  });
  return data?.items ?? [];
}

/** The parts of a level's present assessment scheme. */
export function useComponents(levelId: string): readonly ComponentOut[] {
  const { data } = useQuery({ ...listCertificatesOptions({ query: { page_size: 100 } }), staleTime: 5 * 60_000 });
  const level = data?.items.flatMap((it) => it.levels).find((it) => it.id === levelId);
  return level?.scheme?.components ?? [];
}

import { expect, test } from "vitest";
import { COURSE, contentOf, type Draft, GRADE, OFFSET, sumOf, UNIT } from "@/features/mappings/draft.ts";
import type { Rows } from "@/ui/staff/rows.ts";

function rowsOf<Row extends object>(...rows: Row[]): Rows<Row> {
  const nothing = (): void => undefined;
  return { rows: rows.map((row, at) => ({ ...row, key: String(at) })), add: nothing, put: nothing, remove: nothing };
}

const draft: Draft = {
  courses: rowsOf({ ...COURSE, course_id: "a", credit: "2.50" }, { ...COURSE, course_id: "b", grade: "良好" }),
  grades: rowsOf({ ...GRADE, score_from: "60", grade: "及格" }),
  offsets: rowsOf({ ...OFFSET, component_code: "theory", course_id: "a", share: "50" }),
  units: rowsOf<typeof UNIT>({
    ...UNIT,
    code: "u1",
    name: "单元",
    weight: "100",
    covered: { a: "40", b: "", gone: "60" },
  }),
};

test("a rule sends only what its direction has", () => {
  expect(contentOf(draft, "certificate_to_course")).toMatchObject({
    grades: [{ score_from: "60", grade: "及格" }],
    offsets: [],
  });
  expect(contentOf(draft, "course_to_assessment")).toMatchObject({
    grades: [],
    offsets: [{ component_code: "theory", course_id: "a", share_percent: 50, counts_as_percent: null }],
  });
});

test("a grade left empty is null, and no key of the form is sent", () => {
  const { courses } = contentOf(draft, "certificate_to_course");
  expect(courses).toEqual([
    { course_id: "a", credit: "2.50", grade: null },
    { course_id: "b", credit: "1.00", grade: "良好" },
  ]);
});

test("units name only courses of the rule that cover something", () => {
  const { units } = contentOf(draft, "certificate_to_course");
  expect(units).toEqual([
    { code: "u1", name: "单元", weight_percent: 100, covered_by: [{ course_id: "a", percent: 40 }] },
  ]);
});

test("a sum passes over what is not typed yet", () => {
  expect(sumOf(["40", "", "60"])).toBe(100);
});

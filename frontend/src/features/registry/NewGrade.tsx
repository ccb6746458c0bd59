import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { getStudentOptions, listCoursesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { enterCourseGrade } from "@/api/staff/sdk.gen.ts";
import type { CourseOfProgrammeOut, StudentOut } from "@/api/staff/types.gen.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { faultsByField, problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { FindStudent } from "@/ui/staff/FindStudent.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";

/** One grade by hand; many come by import. */
export function NewGrade() {
  const { t } = useTranslation("staff");
  const [search] = useUrlState();
  return (
    <>
      <PageHead title={t("grades.enter")} hint={t("grades.enterHint")} />
      {search.student_id ? (
        <Loaded options={getStudentOptions({ path: { student_id: search.student_id } })}>
          {(student) => (
            <Loaded options={listCoursesOptions({ query: { programme_id: student.programme_id, page_size: 100 } })}>
              {(courses) => <Form student={student} courses={courses.items} />}
            </Loaded>
          )}
        </Loaded>
      ) : (
        <FindStudent to={(id) => `/course-grades/new?student_id=${id}`} />
      )}
    </>
  );
}

function Form({ student, courses }: { student: StudentOut; courses: CourseOfProgrammeOut[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const keyFor = useIdempotency();
  const [error, setError] = useState<unknown>(null);
  const faults = error ? faultsByField(problemOf(error)) : {};
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "");
    const body = {
      student_id: student.id,
      course_id: text("course_id"),
      term: text("term"),
      attempt: Number(text("attempt")),
      score: text("score") || null,
      grade_word: text("grade_word") || null,
      passed: given.get("passed") === "on",
    };
    try {
      const { data } = await enterCourseGrade({ body, headers: keyFor(body), throwOnError: true });
      await navigate({ to: `/course-grades/${data.id}` as never });
    } catch (refusal) {
      setError(refusal);
    }
  };
  const inputs = [
    {
      name: "term",
      label: t("grades.term"),
      hint: t("grades.termHint"),
      required: true,
      pattern: "\\d{4}-\\d{4}-0[12]",
    },
    { name: "attempt", label: t("grades.attempt"), type: "number", required: true, defaultValue: "1" },
    { name: "score", label: t("grades.score"), hint: t("grades.scoreHint") },
    { name: "grade_word", label: t("grades.word") },
  ];
  return (
    <form className="panel" onSubmit={(event) => void save(event)}>
      <p>
        <strong>{student.name}</strong> {student.student_number}
      </p>
      <label className="field">
        <span>{field("course")}</span>
        <select name="course_id" required>
          <option value="">—</option>
          {courses.map((it) => (
            <option key={it.id} value={it.id}>
              {it.code} {it.name}（{it.credits}）
            </option>
          ))}
        </select>
      </label>
      <div className="both">
        {inputs.map(({ label, hint, ...input }) => (
          <label className="field" key={input.name}>
            <span>{label}</span>
            <input {...input} />
            <small className={faults[input.name] ? "fault" : undefined}>{faults[input.name] ?? hint}</small>
          </label>
        ))}
      </div>
      <label className="check">
        <input type="checkbox" name="passed" defaultChecked /> {t("grades.passed")}
      </label>
      <p className="consequence">{t("grades.enterSays")}</p>
      {error !== null && <ProblemNote error={error} />}
      <Button type="primary" htmlType="submit">
        {t("grades.enter")}
      </Button>
    </form>
  );
}

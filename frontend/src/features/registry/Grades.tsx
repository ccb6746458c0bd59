import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  getCourseGradeOptions,
  getCourseOptions,
  listCourseGradesOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { correctCourseGrade } from "@/api/staff/sdk.gen.ts";
import type { CourseGradeOut, CourseGradeWithRevisionsOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { StudentName } from "@/ui/staff/StudentName.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";

const LONG = { staleTime: 5 * 60_000 };

/** A grade names its course by the id alone: the name is asked for once and kept. */
function CourseName({ id }: { id: string }) {
  const { data, isLoading } = useQuery({ ...getCourseOptions({ path: { course_id: id } }), ...LONG });
  return data ? `${data.code} ${data.name}` : <code aria-busy={isLoading}>{id.slice(0, 8)}</code>;
}

export function Grades() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const [search] = useUrlState();
  const of = {
    ...(search.student_id && { student_id: search.student_id }),
    ...(search.course_id && { course_id: search.course_id }),
  };
  const enter = may("course_grades:write") && (
    <LinkButton to="/course-grades/new" isPrimary>
      {t("grades.enter")}
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title={t("menu.courseGrades")}
        hint={search.course_id ? <CourseName id={search.course_id} /> : t("grades.hint")}
      >
        {enter}
      </PageHead>
      <List
        name="course-grades"
        label={t("menu.courseGrades")}
        options={(query) => listCourseGradesOptions({ query })}
        fixed={of}
        keyOf={(it) => it.id}
        to={(it) => `/course-grades/${it.id}`}
        filters={[
          { name: "term", label: t("grades.term") },
          { name: "passed", label: t("grades.passed"), options: useOptions(["true", "false"]) },
        ]}
        columns={[
          { key: "student", title: field("person"), show: (it) => <StudentName id={it.student_id} /> },
          { key: "course", title: field("course"), show: (it) => <CourseName id={it.course_id} /> },
          { key: "term", title: t("grades.term"), show: (it) => it.term },
          { key: "attempt", title: t("grades.attempt"), show: (it) => it.attempt, isNumber: true },
          { key: "grade", title: field("grade"), show: (it) => gradeOf(it), isNumber: true },
          { key: "passed", title: t("grades.passed"), show: (it) => word(String(it.passed)) },
          { key: "revision", title: field("version"), show: (it) => it.revision, isNumber: true },
        ]}
        empty={{ title: t("grades.none"), hint: t("grades.noneHint"), action: enter }}
      />
    </>
  );
}

function gradeOf(it: CourseGradeOut): string {
  return it.score ?? it.grade_word ?? "—";
}

export function Grade({ id }: { id: string }) {
  return <Loaded options={getCourseGradeOptions({ path: { grade_id: id } })}>{(it) => <Known grade={it} />}</Loaded>;
}

/** One grade with all its revisions: the latest counts, the earlier ones stay. */
function Known({ grade: it }: { grade: CourseGradeWithRevisionsOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  return (
    <>
      <PageHead
        title={t("grades.title")}
        state={it.is_void ? <State of="void" /> : <State of={it.passed ? "passed" : "failed_exam"} />}
        hint={
          <>
            <StudentName id={it.student_id} /> · <CourseName id={it.course_id} />
          </>
        }
      >
        <Deeds
          allowed={may("course_grades:write") ? ["correct"] : []}
          deeds={{
            correct: {
              consequence: t("grades.correctSays"),
              fields: [
                { name: "score", label: t("grades.score"), isOptional: true, initial: it.score ?? "" },
                { name: "grade_word", label: t("grades.word"), isOptional: true, initial: it.grade_word ?? "" },
                { name: "passed", label: t("grades.passed"), type: "check", initial: it.passed ? "on" : "" },
                { name: "is_void", label: t("grades.void"), type: "check" },
                { name: "reason", label: field("reason"), type: "long" },
              ],
              run: (given) =>
                correctCourseGrade({
                  path: { grade_id: it.id },
                  body: {
                    score: given.score || null,
                    grade_word: given.grade_word || null,
                    passed: given.passed === "on",
                    is_void: given.is_void === "on",
                    reason: given.reason ?? "",
                  },
                  throwOnError: true,
                }),
            },
          }}
        />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("grade"), gradeOf(it)],
            [t("grades.passed"), word(String(it.passed))],
            [t("grades.term"), it.term],
            [t("grades.attempt"), it.attempt],
            [t("grades.source"), it.source_kind ? word(`source_${it.source_kind}`) : t("grades.entered")],
          ]}
        />
        <p>
          <Link to={`/students/${it.student_id}` as never}>{t("record.student")}</Link>{" "}
          <Link to={`/courses/${it.course_id}` as never}>{field("course")}</Link>
        </p>
      </section>
      <section className="panel">
        <h2>{t("grades.revisions")}</h2>
        <Grid
          label={t("grades.revisions")}
          rows={it.revisions}
          keyOf={(one) => one.id}
          columns={[
            { key: "revision", title: field("version"), show: (one) => one.revision },
            { key: "grade", title: field("grade"), show: gradeOf, isNumber: true },
            { key: "passed", title: t("grades.passed"), show: (one) => word(String(one.passed)) },
            { key: "void", title: t("grades.void"), show: (one) => word(String(one.is_void)) },
            { key: "reason", title: field("reason"), show: (one) => one.reason ?? "—" },
            { key: "at", title: t("creditPolicies.loadedAt"), show: (one) => instant(one.recorded_at) },
          ]}
        />
      </section>
      <Audit of={it.id} />
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getStudentOptions, listJointGradesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import type { Search } from "@/ui/staff/url.ts";
import { CourseName } from "./JointExams.tsx";

/** Grades that came of joint exams; those whose result or grade was changed since wait to be settled. */
export function JointGrades() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("joint.grades")} hint={t("joint.gradesHint")} />
      <JointGradeList />
    </>
  );
}

export function JointGradeList({ fixed }: { fixed?: Search }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const flagged = useOptions(["true", "false"]);
  return (
    <List
      name="joint-grades"
      label={t("joint.grades")}
      fixed={fixed}
      options={(query) => listJointGradesOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/joint-grades/${it.id}`}
      filters={[{ name: "is_flagged", label: t("joint.isFlagged"), options: flagged }]}
      columns={[
        { key: "student", title: field("person"), show: (it) => <StudentName id={it.student_id} /> },
        { key: "course", title: field("course"), show: (it) => <CourseName id={it.course_id} /> },
        { key: "term", title: t("joint.term"), show: (it) => it.term },
        { key: "grade", title: t("joint.grade"), show: (it) => it.score ?? it.grade_word ?? "—" },
        { key: "standing", title: t("joint.standing"), show: (it) => <State of={it.standing} /> },
        { key: "at", title: t("desk.recordedAt"), show: (it) => instant(it.recorded_at) },
      ]}
      empty={{ title: t("joint.noGrades"), hint: t("joint.noGradesHint") }}
    />
  );
}

export function StudentName({ id }: { id: string }) {
  const enabled = useMay()("students:read");
  const { data } = useQuery({ ...getStudentOptions({ path: { student_id: id } }), staleTime: 5 * 60_000, enabled });
  return data ? `${data.name}（${data.student_number}）` : id.slice(0, 8);
}

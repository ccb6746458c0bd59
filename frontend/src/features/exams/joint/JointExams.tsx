import { useTranslation } from "react-i18next";
import { listJointExamsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { JointExamOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import type { Column } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { type Asked, List } from "@/ui/staff/List.tsx";
import { nameIn, useLevels, useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useCourseName, usePlanName } from "./names.ts";

/** Exams of a plan that are the exam of a course as well; a teacher finds those of their own courses here. */
export function JointExams() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const levels = useLevels();
  const programmes = useProgrammes();
  const states = useOptions(["draft", "laid_down", "withdrawn"]);
  const draft = may("joint_exams:write") && (
    <LinkButton to="/joint-exams/new" isPrimary>
      {t("joint.draft")}
    </LinkButton>
  );
  const plan: Column<JointExamOut>[] = may("exam_plans:read")
    ? [
        {
          key: "plan",
          title: field("plan"),
          show: (it) => <PlanName id={it.exam_plan_id} />,
        },
      ]
    : [];
  const columns: Column<JointExamOut>[] = [
    { key: "course", title: field("course"), show: (it) => <CourseName id={it.course_id} /> },
    { key: "programme", title: field("programme"), show: (it) => nameIn(programmes, it.programme_id) },
    { key: "level", title: field("certificate"), show: (it) => nameIn(levels, it.certificate_level_id) },
    ...plan,
    { key: "term", title: t("joint.term"), show: (it) => it.term },
    { key: "laid_down", title: t("joint.laidDownAt"), show: (it) => instant(it.laid_down_at) },
    { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
  ];
  return (
    <>
      <PageHead title={may("joint_exams:write") ? t("menu.jointExams") : t("joint.ofMyCourses")} hint={t("joint.hint")}>
        {may("joint_grades:read") && <LinkButton to="/joint-grades?is_flagged=true">{t("joint.flagged")}</LinkButton>}
        {draft}
      </PageHead>
      <List
        name="joint-exams"
        label={t("menu.jointExams")}
        options={(query: Asked) => listJointExamsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/joint-exams/${it.id}`}
        filters={[{ name: "state", label: field("state"), options: states }]}
        columns={columns}
        empty={{
          title: t("joint.none"),
          hint: may("joint_exams:write") ? t("joint.noneHint") : t("joint.noneForTeacher"),
          action: draft,
        }}
      />
    </>
  );
}

export function CourseName({ id }: { id: string }) {
  return useCourseName(id);
}

function PlanName({ id }: { id: string }) {
  return usePlanName(id);
}

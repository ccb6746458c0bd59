import { useTranslation } from "react-i18next";
import { getJointGradeOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { settleJointGrade } from "@/api/staff/sdk.gen.ts";
import type { JointGradeOut, SettlementKind } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { StudentName } from "./JointGrades.tsx";
import { useCourseName } from "./names.ts";

export function JointGrade({ id }: { id: string }) {
  return <Loaded options={getJointGradeOptions({ path: { joint_grade_id: id } })}>{(it) => <Known of={it} />}</Loaded>;
}

/** What ties one result to one course grade, and which of them was changed since. */
function Known({ of }: { of: JointGradeOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const course = useCourseName(of.course_id);
  return (
    <>
      <PageHead title={`${t("joint.gradeOf")} ${course}`} state={<State of={of.standing} />} hint={of.term}>
        <Deeds
          allowed={of.allowed_deeds}
          deeds={{
            settle: {
              label: t("joint.settle"),
              consequence: t("joint.settleSays"),
              fields: [
                {
                  name: "decision",
                  label: t("results.decision"),
                  options: (["keep", "follow"] as const).map((value) => ({
                    value,
                    label: t(`joint.decision.${value}`),
                  })),
                },
                { name: "reason", label: field("reason"), type: "long" },
                { name: "document_number", label: field("document_number") },
              ],
              run: (it) =>
                settleJointGrade({
                  path: { joint_grade_id: of.id },
                  body: {
                    decision: it.decision as SettlementKind,
                    reason: it.reason ?? "",
                    document_number: it.document_number ?? "",
                  },
                  throwOnError: true,
                }),
            },
          }}
        />
        <LinkButton to={`/joint-exams/${of.joint_exam_id}`}>{t("joint.toExam")}</LinkButton>
        <LinkButton to={`/registrations/${of.registration_id}`}>{t("joint.toRegistration")}</LinkButton>
      </PageHead>
      <p className="consequence">{t(`joint.says.${of.standing}`)}</p>
      <section className="panel">
        <Facts
          facts={[
            [field("person"), <StudentName key="student" id={of.student_id} />],
            [t("joint.grade"), of.score ?? of.grade_word],
            [t("joint.passed"), word(String(of.passed))],
            [t("joint.attempt"), of.attempt],
            [t("joint.isVoid"), word(String(of.is_void))],
            [t("desk.recordedAt"), instant(of.recorded_at)],
            [t("joint.settledAt"), instant(of.settled_at)],
            [field("reason"), of.settled_reason],
            [field("document_number"), of.settled_document],
          ]}
        />
      </section>
      <Audit of={of.id} />
    </>
  );
}

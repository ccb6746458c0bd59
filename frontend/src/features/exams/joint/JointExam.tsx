import { useTranslation } from "react-i18next";
import { getJointExamOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { layDownJointExam, withdrawJointExam } from "@/api/staff/sdk.gen.ts";
import type { JointExamOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useLevels, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { JointGradeList } from "./JointGrades.tsx";
import { useCourseName, usePlanName } from "./names.ts";

export function JointExam({ id }: { id: string }) {
  return <Loaded options={getJointExamOptions({ path: { joint_exam_id: id } })}>{(it) => <Known of={it} />}</Loaded>;
}

/** One exam that counts twice, the table it goes by, and the grades that came of it. */
function Known({ of }: { of: JointExamOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const course = useCourseName(of.course_id);
  const plan = usePlanName(of.exam_plan_id);
  const levels = useLevels();
  const programmes = useProgrammes();
  const to = { path: { joint_exam_id: of.id }, throwOnError: true } as const;
  return (
    <>
      <PageHead title={`${t("joint.of")} ${course}`} state={<State of={of.state} />} hint={of.document_number}>
        {of.allowed_deeds.includes("change") && (
          <LinkButton to={`/joint-exams/${of.id}/edit`}>{t("common.edit")}</LinkButton>
        )}
        <Deeds
          allowed={of.allowed_deeds}
          deeds={{
            lay_down: {
              consequence: t("joint.layDownSays"),
              run: () => layDownJointExam({ ...to, headers: ifMatch(of) }),
            },
            withdraw: {
              consequence: t("joint.withdrawSays"),
              isDanger: true,
              run: () => withdrawJointExam(to),
            },
          }}
        />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("plan"), plan],
            [field("certificate"), nameIn(levels, of.certificate_level_id)],
            [field("course"), course],
            [field("programme"), nameIn(programmes, of.programme_id)],
            [t("joint.term"), of.term],
            [field("document_number"), of.document_number],
            [t("joint.draftedAt"), instant(of.drafted_at)],
            [t("joint.laidDownAt"), instant(of.laid_down_at)],
            [t("joint.withdrawnAt"), instant(of.withdrawn_at)],
          ]}
        />
      </section>
      <Table of={of} />
      {may("joint_grades:read") && (
        <section>
          <h2>{t("joint.grades")}</h2>
          <JointGradeList fixed={{ joint_exam_id: of.id }} />
        </section>
      )}
      <Audit of={of.id} />
    </>
  );
}

function Table({ of }: { of: JointExamOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("joint.bands")}</h2>
      {of.bands.length === 0 && <p className="muted">{t("joint.noBands")}</p>}
      {of.bands.length > 0 && (
        <Grid
          label={t("joint.bands")}
          rows={of.bands}
          keyOf={(it) => it.from_total}
          columns={[
            { key: "from", title: t("joint.fromTotal"), show: (it) => it.from_total, isNumber: true },
            { key: "grade", title: t("joint.grade"), show: (it) => it.score ?? it.grade_word ?? t("joint.itself") },
            { key: "passed", title: t("joint.passed"), show: (it) => word(String(it.passed)) },
          ]}
        />
      )}
    </section>
  );
}

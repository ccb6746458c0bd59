import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getJointExamOptions,
  listCoursesOptions,
  listExamPlansOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeJointExam, draftJointExam, getJointExam } from "@/api/staff/sdk.gen.ts";
import type { JointExamBandIn, JointExamOut, JointExamTerms } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { Bands } from "./Bands.tsx";

const FIRST: JointExamBandIn[] = [
  { from_total: "0.00", passed: false },
  { from_total: "60.00", passed: true },
];

export function NewJointExam() {
  const { t } = useTranslation("staff");
  return (
    <>
      <PageHead title={t("joint.draft")} hint={t("joint.draftHint")} />
      <JointForm />
    </>
  );
}

export function ChangeJointExam({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  return (
    <Loaded options={getJointExamOptions({ path: { joint_exam_id: id } })}>
      {(it) => (
        <>
          <PageHead title={t("joint.change")} hint={it.document_number} />
          <JointForm was={it} />
        </>
      )}
    </Loaded>
  );
}

/** A joint exam as a draft: which exam, of which course, in which term, and by which table. */
function JointForm({ was }: { was?: JointExamOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const [shown] = useState(was);
  const [bands, setBands] = useState<JointExamBandIn[]>(was?.bands ?? FIRST);
  const send = async (over: JointExamOut | undefined, given: FormData): Promise<JointExamOut> => {
    const text = (name: string): string => String(given.get(name) ?? "");
    const terms: JointExamTerms = { term: text("term"), document_number: text("document_number"), bands };
    if (over) {
      const to = { path: { joint_exam_id: over.id }, headers: ifMatch(over), throwOnError: true } as const;
      return (await changeJointExam({ ...to, body: terms })).data;
    }
    const [exam_plan_id = "", certificate_level_id = ""] = text("exam").split(" ");
    const body = { ...terms, exam_plan_id, certificate_level_id, course_id: text("course_id") };
    return (await draftJointExam({ body, throwOnError: true })).data;
  };
  const leave = ({ id }: { id: string }): Promise<void> => navigate({ to: `/joint-exams/${id}` as never });
  return (
    <SavingForm
      change={
        shown && {
          shown,
          read: async () => (await getJointExam({ path: { joint_exam_id: shown.id }, throwOnError: true })).data,
          mine: (given) => ({
            term: String(given.get("term")),
            document_number: String(given.get("document_number")),
          }),
        }
      }
      save={send}
      onSaved={leave}
      {...(shown ? { onCancel: () => void leave(shown) } : { submit: t("exams.saveDraft") })}
    >
      {(faults) => (
        <>
          <div className="both">
            {!shown && <Ground faults={faults} />}
            <Labelled label={t("joint.term")} fault={faults.term} hint={t("joint.termHint")}>
              <input name="term" required pattern="[0-9]{4}-[0-9]{4}-0[1-3]" defaultValue={shown?.term} />
            </Labelled>
            <Labelled label={field("document_number")} fault={faults.document_number} hint={t("joint.documentHint")}>
              <input name="document_number" required defaultValue={shown?.document_number} />
            </Labelled>
          </div>
          <Bands bands={bands} onChange={setBands} />
        </>
      )}
    </SavingForm>
  );
}

/** What cannot be changed later: the exam, and the course whose exam it is as well. */
function Ground({ faults }: { faults: Record<string, string> }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const programmes = useProgrammes();
  const [programme, setProgramme] = useState("");
  const plans = useQuery(listExamPlansOptions({ query: { page_size: 100 } }));
  const courses = useQuery({
    ...listCoursesOptions({ query: { programme_id: programme, page_size: 100 } }),
    enabled: programme !== "",
  });
  const exams = (plans.data?.items ?? [])
    .filter((it) => it.cancelled_at === null)
    .flatMap((plan) =>
      plan.levels.map((it) => ({
        value: `${plan.id} ${it.certificate_level_id}`,
        label: `${plan.name} · ${it.certificate_name} ${word(`level_${it.level}`)}`,
      })),
    );
  return (
    <>
      <Labelled label={t("joint.exam")} fault={faults.exam_plan_id ?? faults.certificate_level_id}>
        <select name="exam" required>
          <Options of={exams} />
        </select>
      </Labelled>
      <Labelled label={field("programme")} hint={t("joint.programmeHint")}>
        <select required value={programme} onChange={(event) => setProgramme(event.target.value)}>
          <Options of={programmes} />
        </select>
      </Labelled>
      <Labelled label={field("course")} fault={faults.course_id}>
        <select name="course_id" required>
          <Options
            of={(courses.data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name}（${it.code}）` }))}
          />
        </select>
      </Labelled>
    </>
  );
}

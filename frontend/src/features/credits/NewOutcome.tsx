import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getStudentOptions,
  listCourseGradesOptions,
  listCoursesOptions,
  listRecognitionPoliciesOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { submitOutcomes } from "@/api/staff/sdk.gen.ts";
import type { EvidenceKind, OutcomeIn, RecognitionPolicyOut, StudentOut } from "@/api/staff/types.gen.ts";
import { today } from "@/lib/format.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { FindStudent } from "@/ui/staff/FindStudent.tsx";
import { FormDialog } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { DocumentFields } from "./DocumentFields.tsx";

/** Submitting an outcome for a student: of which kind, and on which evidence. */
export function NewOutcome() {
  const { t } = useTranslation("staff");
  const [search] = useUrlState();
  return (
    <>
      <PageHead title={t("outcomes.submit")} hint={t("outcomes.submitHint")} />
      {search.student_id ? (
        <Loaded options={getStudentOptions({ path: { student_id: search.student_id } })}>
          {(student) => (
            <Loaded options={listRecognitionPoliciesOptions({ query: { page_size: 100 } })}>
              {(policies) => <Form student={student} policies={policies.items} />}
            </Loaded>
          )}
        </Loaded>
      ) : (
        <FindStudent to={(id) => `/outcomes/new?student_id=${id}`} />
      )}
    </>
  );
}

/** The version that counts today: the latest that has begun. */
function inForce(policies: readonly RecognitionPolicyOut[]): RecognitionPolicyOut | undefined {
  return policies.filter((it) => it.effective_from <= today()).sort((a, b) => b.version - a.version)[0];
}

function Form({ student, policies }: { student: StudentOut; policies: readonly RecognitionPolicyOut[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const navigate = useNavigate();
  const keyFor = useIdempotency();
  const [kind, setKind] = useState("");
  const [evidence, setEvidence] = useState<EvidenceKind>("grade");
  const [asked, setAsked] = useState<Omit<OutcomeIn, "reason"> | null>(null);
  const policy = inForce(policies);
  if (!policy) return <Empty title={t("creditPolicies.noRecognition")} hint={t("creditPolicies.noRecognitionHint")} />;
  const kinds = [...new Set(policy.lines.map((it) => it.kind))];
  const evidences = [...new Set(policy.lines.filter((it) => it.kind === kind).map((it) => it.evidence))];
  const chosen = evidences.includes(evidence) ? evidence : (evidences[0] ?? "grade");
  const look = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "");
    const of = { student_id: student.id, kind };
    if (chosen === "grade") {
      setAsked({ ...of, grade_id: text("grade_id") });
      return;
    }
    const hours = text("hours") ? Number(text("hours")) : null;
    const document = {
      number: text("number"),
      issuer: text("issuer"),
      issued_on: text("issued_on"),
      digest: text("digest"),
      hours,
    };
    setAsked({ ...of, document });
  };
  return (
    <>
      <form className="panel" onSubmit={look}>
        <p>
          <strong>{student.name}</strong> {student.student_number}
        </p>
        <div className="both">
          <label className="field">
            <span>{field("kind")}</span>
            <select required value={kind} onChange={(event) => setKind(event.target.value)}>
              <option value="">—</option>
              {kinds.map((it) => (
                <option key={it} value={it}>
                  {word(it)}
                </option>
              ))}
            </select>
          </label>
          {kind && (
            <label className="field">
              <span>{t("creditPolicies.evidence")}</span>
              <select value={chosen} onChange={(event) => setEvidence(event.target.value as EvidenceKind)}>
                {evidences.map((it) => (
                  <option key={it} value={it}>
                    {word(`evidence_${it}`)}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
        {kind && (chosen === "grade" ? <Grades student={student} /> : <DocumentFields />)}
        <Button type="primary" htmlType="submit" disabled={!kind}>
          {t("creditPolicies.next")}
        </Button>
      </form>
      {asked && (
        <FormDialog
          title={t("outcomes.submit")}
          consequence={t("outcomes.submitSays", { name: student.name })}
          fields={[{ name: "reason", label: field("reason"), type: "long" }]}
          submit={t("outcomes.submit")}
          run={async (values) => {
            const body = { outcomes: [{ ...asked, reason: values.reason ?? "" }] };
            const { data } = await submitOutcomes({ body, headers: keyFor(body), throwOnError: true });
            await navigate({ to: `/outcomes/${data.outcome_ids[0] ?? ""}` as never });
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** The student's passed grades, by the names of their courses. */
function Grades({ student }: { student: StudentOut }) {
  const { t } = useTranslation("staff");
  const courses = useQuery(listCoursesOptions({ query: { programme_id: student.programme_id, page_size: 100 } }));
  const nameOf = (id: string): string => courses.data?.items.find((it) => it.id === id)?.name ?? id.slice(0, 8);
  return (
    <Loaded options={listCourseGradesOptions({ query: { student_id: student.id, passed: true, page_size: 100 } })}>
      {(page) =>
        page.items.length === 0 ? (
          <Empty title={t("outcomes.noGrades")} hint={t("outcomes.noGradesHint")} />
        ) : (
          <label className="field">
            <span>{t("field.grade")}</span>
            <select name="grade_id" required>
              <option value="">—</option>
              {page.items.map((it) => (
                <option key={it.id} value={it.id}>
                  {nameOf(it.course_id)} · {it.score ?? it.grade_word} · {it.term}
                </option>
              ))}
            </select>
          </label>
        )
      }
    </Loaded>
  );
}

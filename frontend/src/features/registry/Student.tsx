import { useTranslation } from "react-i18next";
import { getStudentOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeStudent, getStudent, moveStudent, removeStudent } from "@/api/staff/sdk.gen.ts";
import type { DocumentKind, StudentOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { today } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import type { Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useColleges, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { IdentityDocument } from "./IdentityDocument.tsx";
import { Progress } from "./Progress.tsx";
import { useRemoval } from "./removal.ts";
import { Account, Awards, Grades, Registrations, Standings } from "./StudentPanels.tsx";
import { useDocumentFields, useStudentFields } from "./Students.tsx";

export function Student({ id }: { id: string }) {
  return (
    <Loaded options={getStudentOptions({ path: { student_id: id } })}>
      {(student) => <Known student={student} />}
    </Loaded>
  );
}

function Known({ student }: { student: StudentOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const colleges = useColleges();
  const programmes = useProgrammes();
  return (
    <>
      <PageHead title={student.name} state={<State of={student.status} />} hint={student.student_number}>
        {may("credit_accounts:read") && (
          <LinkButton to={`/credit-accounts/${student.id}`} isPrimary>
            {t("menu.account_of")}
          </LinkButton>
        )}
        {may("guarantees:read") && <LinkButton to={`/guarantees/${student.id}`}>{t("charges.guarantee")}</LinkButton>}
        {may("students:write") && <Edit student={student} />}
        <Moves student={student} />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("college"), nameIn(colleges, student.college_id)],
            [field("programme"), nameIn(programmes, student.programme_id)],
            [field("class_name"), student.class_name],
            [field("entry_year"), student.entry_year],
            [field("document"), <IdentityDocument key="document" student={student} />],
          ]}
        />
      </section>
      {may("progress:read") && <Progress id={student.id} />}
      {may("credit_accounts:read") && <Account id={student.id} />}
      {may("awards:read") && <Awards id={student.id} />}
      {may("registrations:read") && <Registrations id={student.id} />}
      {may("course_grades:read") && <Grades student={student} />}
      <Standings id={student.id} />
      <Audit of={student.id} />
    </>
  );
}

const valuesOf = (it: StudentOut): Values => ({
  student_number: it.student_number,
  name: it.name,
  programme_id: it.programme_id,
  class_name: it.class_name,
  entry_year: String(it.entry_year),
});

function Edit({ student }: { student: StudentOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const to = { path: { student_id: student.id }, throwOnError: true } as const;
  const fields = [
    ...useStudentFields(),
    ...useDocumentFields(true),
    { name: "reason", label: field("reason"), type: "long", isOptional: true, hint: t("record.moveReasonHint") },
    {
      name: "effective_on",
      label: field("effective_from"),
      type: "date",
      isOptional: true,
      hint: t("record.todayHint"),
    },
  ] as const;
  return (
    <EditButton
      it={student}
      fields={fields}
      valuesOf={valuesOf}
      read={async () => (await getStudent(to)).data}
      change={(it, shown) => {
        const body = {
          student_number: it.student_number ?? "",
          name: it.name ?? "",
          programme_id: it.programme_id ?? "",
          class_name: it.class_name ?? "",
          entry_year: Number(it.entry_year),
          ...(it.document_number && {
            document_kind: (it.document_kind || shown.document_kind) as DocumentKind,
            document_number: it.document_number,
          }),
          reason: it.reason || null,
          effective_on: it.effective_on || null,
        };
        return changeStudent({ ...to, body, headers: ifMatch(shown) });
      }}
    />
  );
}

/** What the API says may become of the student's standing, and taking out somebody who was entered by mistake. */
function Moves({ student }: { student: StudentOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const to = { path: { student_id: student.id }, throwOnError: true } as const;
  const move = (deed: string): Deed => ({
    label: word(`student_${deed}`),
    consequence: t("record.moveSays", { name: student.name, deed: word(`student_${deed}`) }),
    isDanger: deed === "leave",
    fields: [
      { name: "reason", label: field("reason"), type: "long" },
      { name: "effective_on", label: field("effective_from"), type: "date", initial: today() },
    ],
    run: (it) => moveStudent({ ...to, body: { deed, reason: it.reason ?? "", effective_on: it.effective_on || null } }),
  });
  const remove = useRemoval(
    student.name,
    student.student_number,
    () => removeStudent({ ...to, headers: ifMatch(student) }),
    "/students",
  );
  const deeds = Object.fromEntries(student.allowed_deeds.map((deed) => [deed, move(deed)]));
  return (
    <Deeds
      allowed={[...student.allowed_deeds, ...(may("students:write") ? ["remove"] : [])]}
      deeds={{ ...deeds, remove }}
    />
  );
}

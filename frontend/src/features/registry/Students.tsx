import { useTranslation } from "react-i18next";
import { listStudentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { createStudent } from "@/api/staff/sdk.gen.ts";
import type { DocumentKind } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import type { Field } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { nameIn, useColleges, useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

const STATES = ["enrolled", "suspended", "graduated", "left"];
const DOCUMENTS = [
  "resident_identity_card",
  "passport",
  "hong_kong_macao_permit",
  "taiwan_permit",
  "foreign_resident_card",
] as const satisfies readonly DocumentKind[];

/** The fields of a student that are entered and changed alike; the identity document comes apart. */
export function useStudentFields(): readonly Field[] {
  const field = useField();
  return [
    { name: "student_number", label: field("student_number") },
    { name: "name", label: field("person") },
    { name: "programme_id", label: field("programme"), options: useProgrammes() },
    { name: "class_name", label: field("class_name") },
    { name: "entry_year", label: field("entry_year"), type: "number" },
  ];
}

export function useDocumentFields(isOptional: boolean): readonly Field[] {
  const { t } = useTranslation("staff");
  const field = useField();
  return [
    {
      name: "document_kind",
      label: t("record.documentKind"),
      options: useOptions(DOCUMENTS),
      ...(!isOptional && { initial: "resident_identity_card" }),
      isOptional,
    },
    {
      name: "document_number",
      label: field("document"),
      isOptional,
      ...(isOptional && { hint: t("record.documentHint") }),
    },
  ];
}

function useCreating(): Deed {
  const keyFor = useIdempotency();
  const fields = [...useStudentFields(), ...useDocumentFields(false)];
  return {
    fields,
    run: (it) => {
      const body = {
        student_number: it.student_number ?? "",
        name: it.name ?? "",
        programme_id: it.programme_id ?? "",
        class_name: it.class_name ?? "",
        entry_year: Number(it.entry_year),
        document_kind: it.document_kind as DocumentKind,
        document_number: it.document_number ?? "",
      };
      return createStudent({ body, headers: keyFor(body), throwOnError: true });
    },
  };
}

export function Students() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const colleges = useColleges();
  const programmes = useProgrammes();
  const create = useCreating();
  return (
    <>
      <PageHead title={t("menu.students")}>
        {may("imports:upload") && (
          <LinkButton to="/imports/new" isPrimary>
            {t("imports.start")}
          </LinkButton>
        )}
        <Deeds allowed={may("students:write") ? ["create"] : []} deeds={{ create }} />
        {may("progress:read") && <LinkButton to="/progress">{t("menu.progress")}</LinkButton>}
      </PageHead>
      <List
        name="students"
        label={t("menu.students")}
        options={(query) => listStudentsOptions({ query })}
        columns={[
          { key: "student_number", title: field("student_number"), show: (it) => it.student_number },
          { key: "name", title: field("person"), show: (it) => it.name },
          { key: "programme", title: field("programme"), show: (it) => nameIn(programmes, it.programme_id) },
          { key: "class_name", title: field("class_name"), show: (it) => it.class_name },
          { key: "entry_year", title: field("entry_year"), show: (it) => it.entry_year, isNumber: true },
          { key: "document", title: field("document"), show: (it) => it.masked_document_number },
          { key: "status", title: field("state"), show: (it) => <State of={it.status} /> },
        ]}
        keyOf={(it) => it.id}
        to={(it) => `/students/${it.id}`}
        filters={[
          { name: "text", label: t("list.text") },
          { name: "college_id", label: field("college"), options: colleges },
          { name: "programme_id", label: field("programme"), options: programmes },
          { name: "entry_year", label: field("entry_year"), type: "number" },
          { name: "class_name", label: field("class_name") },
          { name: "status", label: field("state"), options: useOptions(STATES) },
        ]}
        empty={{
          title: t("registry.noStudents"),
          hint: t("registry.noStudentsHint"),
          action: may("imports:upload") && <LinkButton to="/imports/new">{t("imports.start")}</LinkButton>,
        }}
      />
    </>
  );
}

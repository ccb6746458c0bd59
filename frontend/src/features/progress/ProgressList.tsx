import { useTranslation } from "react-i18next";
import { listProgressOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { StudentProgressOut } from "@/api/staff/types.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useColleges, useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** A cohort side by side: what each still lacks for the diploma, and how far each certificate is. */
export function ProgressList() {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <>
      <PageHead title={t("menu.progress")} hint={t("progress.hint")} />
      <List
        name="progress"
        label={t("menu.progress")}
        options={(query) => listProgressOptions({ query })}
        keyOf={(it) => it.student_id}
        to={(it) => `/students/${it.student_id}`}
        filters={[
          { name: "college_id", label: field("college"), options: useColleges() },
          { name: "programme_id", label: field("programme"), options: useProgrammes() },
          { name: "entry_year", label: field("entry_year"), type: "number" },
          { name: "class_name", label: field("class_name") },
          {
            name: "status",
            label: field("state"),
            options: useOptions(["enrolled", "suspended", "graduated", "left"]),
          },
        ]}
        columns={[
          { key: "number", title: field("student_number"), show: (it) => it.student_number },
          { key: "name", title: field("person"), show: (it) => it.name },
          { key: "class", title: field("class_name"), show: (it) => it.class_name },
          {
            key: "required",
            title: t("trainingPlan.credits"),
            show: (it) => it.diploma.required ?? "—",
            isNumber: true,
          },
          { key: "earned", title: t("progress.earned"), show: (it) => it.diploma.earned, isNumber: true },
          { key: "converted", title: t("progress.converted"), show: (it) => it.diploma.converted, isNumber: true },
          { key: "left", title: t("progress.left"), show: (it) => it.diploma.left ?? "—", isNumber: true },
          { key: "certificates", title: t("progress.certificates"), show: (it) => <Certificates of={it} /> },
          {
            key: "missing",
            title: t("progress.missing"),
            show: (it) => it.missing.map((lack) => lack.detail).join(" ") || "—",
          },
        ]}
        empty={{ title: t("registry.noStudents"), hint: t("registry.noStudentsHint") }}
      />
    </>
  );
}

function Certificates({ of: it }: { of: StudentProgressOut }) {
  const word = useWords();
  if (it.certificates.length === 0) return "—";
  return it.certificates
    .map((one) => `${one.certificate_name} ${word(`level_${one.level}`)}：${word(`stage_${one.stage}`)}`)
    .join("；");
}

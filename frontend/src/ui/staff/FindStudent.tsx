import { useTranslation } from "react-i18next";
import { listStudentsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useField } from "./fields.ts";
import { List } from "./List.tsx";
import { nameIn, useProgrammes } from "./names.ts";

/** The first step of what is done for a student: who it is. */
export function FindStudent({ to }: { to: (studentId: string) => string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const programmes = useProgrammes();
  return (
    <section>
      <h2>{t("record.whichStudent")}</h2>
      <List
        name="find-student"
        label={t("record.whichStudent")}
        options={(query) => listStudentsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => to(it.id)}
        filters={[
          { name: "text", label: t("list.text") },
          { name: "class_name", label: field("class_name") },
        ]}
        columns={[
          { key: "student_number", title: field("student_number"), show: (it) => it.student_number },
          { key: "name", title: field("person"), show: (it) => it.name },
          { key: "programme", title: field("programme"), show: (it) => nameIn(programmes, it.programme_id) },
          { key: "class_name", title: field("class_name"), show: (it) => it.class_name },
        ]}
        empty={{ title: t("registry.noStudents"), hint: t("registry.noStudentsHint") }}
      />
    </section>
  );
}

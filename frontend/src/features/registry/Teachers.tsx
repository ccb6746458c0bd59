import { useTranslation } from "react-i18next";
import { listTeachersOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { createTeacher } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { nameIn, useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

export function Teachers() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const keyFor = useIdempotency();
  const colleges = useColleges();
  return (
    <>
      <PageHead title={t("menu.teachers")}>
        <Deeds
          allowed={may("teachers:write") ? ["create"] : []}
          deeds={{
            create: {
              fields: [
                { name: "college_id", label: field("college"), options: colleges },
                { name: "staff_number", label: field("staff_number") },
                { name: "name", label: field("person") },
              ],
              run: (it) => {
                const body = {
                  college_id: it.college_id ?? "",
                  staff_number: it.staff_number ?? "",
                  name: it.name ?? "",
                };
                return createTeacher({ body, headers: keyFor(body), throwOnError: true });
              },
            },
          }}
        />
      </PageHead>
      <List
        name="teachers"
        label={t("menu.teachers")}
        options={(query) => listTeachersOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/teachers/${it.id}`}
        filters={[
          { name: "text", label: t("list.text") },
          { name: "college_id", label: field("college"), options: colleges },
          { name: "is_active", label: field("is_active"), options: useOptions(["true", "false"]) },
        ]}
        columns={[
          { key: "staff_number", title: field("staff_number"), show: (it) => it.staff_number },
          { key: "name", title: field("person"), show: (it) => it.name },
          { key: "college", title: field("college"), show: (it) => nameIn(colleges, it.college_id) },
          { key: "is_active", title: field("is_active"), show: (it) => word(String(it.is_active)) },
          { key: "linked", title: t("record.linked"), show: (it) => word(String(it.person_id !== null)) },
        ]}
        empty={{ title: t("registry.none"), hint: t("registry.noneHint") }}
      />
    </>
  );
}

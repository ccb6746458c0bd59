import { useTranslation } from "react-i18next";
import { listCoursesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { createCourse } from "@/api/staff/sdk.gen.ts";
import type { CourseCategory } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useIdempotency } from "@/lib/idempotency.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useWords } from "@/ui/staff/words.ts";

export const CATEGORIES = ["public", "foundation", "core", "extension", "practice", "elective"] as const;

export function useCourseFields(): readonly Field[] {
  const field = useField();
  return [
    { name: "code", label: field("code") },
    { name: "name", label: field("name") },
    { name: "credits", label: field("credits") },
    { name: "hours", label: field("hours"), type: "number" },
    { name: "category", label: field("category"), options: useOptions(CATEGORIES) },
    { name: "is_compulsory", label: field("is_compulsory"), type: "check" },
  ];
}

export function courseOf(it: Values) {
  return {
    code: it.code ?? "",
    name: it.name ?? "",
    credits: it.credits ?? "",
    hours: Number(it.hours),
    category: it.category as CourseCategory,
    is_compulsory: it.is_compulsory === "on",
  };
}

export function Courses() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const keyFor = useIdempotency();
  const programmes = useProgrammes();
  const fields = useCourseFields();
  return (
    <>
      <PageHead title={t("menu.courses")}>
        <Deeds
          allowed={may("courses:write") ? ["create"] : []}
          deeds={{
            create: {
              fields: [{ name: "programme_id", label: field("programme"), options: programmes }, ...fields],
              run: (it) => {
                const body = { programme_id: it.programme_id ?? "", ...courseOf(it) };
                return createCourse({ body, headers: keyFor(body), throwOnError: true });
              },
            },
          }}
        />
      </PageHead>
      <List
        name="courses"
        label={t("menu.courses")}
        options={(query) => listCoursesOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/courses/${it.id}`}
        filters={[
          { name: "text", label: t("list.text") },
          { name: "programme_id", label: field("programme"), options: programmes },
          { name: "category", label: field("category"), options: useOptions(CATEGORIES) },
        ]}
        columns={[
          { key: "code", title: field("code"), show: (it) => it.code },
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "credits", title: field("credits"), show: (it) => it.credits, isNumber: true },
          { key: "hours", title: field("hours"), show: (it) => it.hours, isNumber: true },
          { key: "category", title: field("category"), show: (it) => word(it.category) },
          { key: "is_compulsory", title: field("is_compulsory"), show: (it) => word(String(it.is_compulsory)) },
        ]}
        empty={{ title: t("registry.none"), hint: t("registry.noneHint") }}
      />
    </>
  );
}

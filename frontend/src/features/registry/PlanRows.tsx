import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listCoursesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { useOptions } from "@/ui/staff/names.ts";
import { Rows } from "@/ui/staff/Rows.tsx";
import { CATEGORIES } from "./Courses.tsx";
import type { PlanDraft } from "./planDraft.ts";

/** The kinds of credits a plan asks for, and its courses; what is left empty is as the course says. */
export function PlanRows({ draft, put }: { draft: PlanDraft; put: (change: Partial<PlanDraft>) => void }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const categories = useOptions(CATEGORIES);
  const musts = useOptions(["true", "false"]);
  const courses = useQuery({
    ...listCoursesOptions({ query: { programme_id: draft.programme_id, page_size: 100 } }),
    enabled: draft.programme_id !== "",
  });
  const known = (courses.data?.items ?? []).map((it) => ({
    value: it.id,
    label: `${it.code} ${it.name}（${it.credits}）`,
  }));
  return (
    <>
      <Rows
        legend={t("trainingPlan.categories")}
        add={t("trainingPlan.addCategory")}
        fresh={{ category: "", credits: "" }}
        rows={draft.categories}
        onChange={(rows) => put({ categories: rows })}
        fields={[
          { name: "category", label: field("category"), options: categories },
          { name: "credits", label: t("trainingPlan.required"), type: "decimal" },
        ]}
      />
      <Rows
        legend={t("menu.courses")}
        add={t("mappings.addCourse")}
        fresh={{ course_id: "", term: "1" }}
        rows={draft.courses}
        onChange={(rows) => put({ courses: rows })}
        fields={[
          { name: "course_id", label: field("course"), options: known },
          { name: "term", label: t("trainingPlan.term"), type: "number" },
          { name: "credits", label: field("credits"), type: "decimal", isOptional: true },
          { name: "category", label: field("category"), options: categories, isOptional: true },
          { name: "is_compulsory", label: field("is_compulsory"), options: musts, isOptional: true },
        ]}
      />
    </>
  );
}

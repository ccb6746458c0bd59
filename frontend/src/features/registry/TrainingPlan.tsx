import { useTranslation } from "react-i18next";
import { getTrainingPlanOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { enactTrainingPlan, removeTrainingPlan } from "@/api/staff/sdk.gen.ts";
import type { TrainingPlanWithCoursesOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { nameIn, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useRemoval } from "./removal.ts";

export function TrainingPlan({ id }: { id: string }) {
  return <Loaded options={getTrainingPlanOptions({ path: { plan_id: id } })}>{(it) => <Known plan={it} />}</Loaded>;
}

function Known({ plan }: { plan: TrainingPlanWithCoursesOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const programmes = useProgrammes();
  const programme = nameIn(programmes, plan.programme_id);
  const to = { path: { plan_id: plan.id }, throwOnError: true } as const;
  const remove = useRemoval(
    `${programme} ${plan.entry_year} v${plan.version}`,
    String(plan.entry_year),
    () => removeTrainingPlan({ ...to, headers: ifMatch(plan) }),
    "/training-plans",
  );
  return (
    <>
      <PageHead
        title={`${programme} ${plan.entry_year}`}
        state={<State of={plan.state} />}
        hint={t("mappings.version", { version: plan.version })}
      >
        {plan.allowed_deeds.includes("change") && (
          <LinkButton to={`/training-plans/${plan.id}/edit`}>{t("common.edit")}</LinkButton>
        )}
        <Deeds
          allowed={plan.allowed_deeds}
          deeds={{ enact: { consequence: t("registry.enactSays"), run: () => enactTrainingPlan(to) }, remove }}
        />
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [t("trainingPlan.credits"), plan.graduation_credits],
            [field("document_number"), plan.document_number],
            [t("trainingPlan.inForceAt"), plan.in_force_at && instant(plan.in_force_at)],
          ]}
        />
      </section>
      <Content plan={plan} />
      <Audit of={plan.id} />
    </>
  );
}

function Content({ plan }: { plan: TrainingPlanWithCoursesOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <section className="panel">
        <h2>{t("trainingPlan.categories")}</h2>
        <Grid
          label={t("trainingPlan.categories")}
          rows={plan.categories}
          keyOf={(it) => it.category}
          columns={[
            { key: "category", title: field("category"), show: (it) => word(it.category) },
            { key: "credits", title: t("trainingPlan.required"), show: (it) => it.credits, isNumber: true },
            { key: "offered", title: t("trainingPlan.offered"), show: (it) => it.offered_credits, isNumber: true },
          ]}
        />
      </section>
      <section className="panel">
        <h2>{t("menu.courses")}</h2>
        <Grid
          label={t("menu.courses")}
          rows={plan.courses}
          keyOf={(it) => it.course_id}
          to={(it) => `/courses/${it.course_id}`}
          columns={[
            { key: "code", title: field("code"), show: (it) => it.code },
            { key: "name", title: field("name"), show: (it) => it.name },
            { key: "term", title: t("trainingPlan.term"), show: (it) => it.term, isNumber: true },
            { key: "credits", title: field("credits"), show: (it) => it.credits, isNumber: true },
            { key: "category", title: field("category"), show: (it) => word(it.category) },
            { key: "must", title: field("is_compulsory"), show: (it) => word(String(it.is_compulsory)) },
          ]}
        />
      </section>
    </>
  );
}

import { useTranslation } from "react-i18next";
import { listTrainingPlansOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { List } from "@/ui/staff/List.tsx";
import { nameIn, useOptions, useProgrammes } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";

export function TrainingPlans() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const programmes = useProgrammes();
  const draft = may("training_plans:write") && (
    <LinkButton to="/training-plans/new" isPrimary>
      {t("trainingPlan.draft")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("menu.trainingPlans")}>{draft}</PageHead>
      <List
        name="training-plans"
        label={t("menu.trainingPlans")}
        options={(query) => listTrainingPlansOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/training-plans/${it.id}`}
        filters={[
          { name: "programme_id", label: field("programme"), options: programmes },
          { name: "entry_year", label: field("entry_year"), type: "number" },
          { name: "state", label: field("state"), options: useOptions(["draft", "in_force", "superseded"]) },
        ]}
        columns={[
          { key: "programme", title: field("programme"), show: (it) => nameIn(programmes, it.programme_id) },
          { key: "entry_year", title: field("entry_year"), show: (it) => it.entry_year, isNumber: true },
          { key: "version", title: field("version"), show: (it) => it.version, isNumber: true },
          { key: "credits", title: t("trainingPlan.credits"), show: (it) => it.graduation_credits, isNumber: true },
          { key: "document", title: field("document_number"), show: (it) => it.document_number ?? "—" },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("registry.none"), hint: t("trainingPlan.noneHint"), action: draft }}
      />
    </>
  );
}

import { useTranslation } from "react-i18next";
import { listTrainingRequirementsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { loadTrainingRequirement } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";

/** What a cycle takes, version after version, each by its document. */
export function Requirements() {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const action = (
    <Deeds
      allowed={may("training:run") ? ["load"] : []}
      deeds={{
        load: {
          label: t("training.load"),
          consequence: t("training.loadSays"),
          fields: [
            { name: "total_hours", label: t("training.totalHours"), type: "number" },
            { name: "module_hours", label: t("training.moduleHours"), type: "number" },
            { name: "document_number", label: field("document_number") },
            { name: "effective_from", label: field("effective_from"), type: "date" },
            { name: "effective_to", label: field("effective_to"), type: "date", isOptional: true },
          ],
          run: (it) =>
            loadTrainingRequirement({
              body: {
                total_hours: Number(it.total_hours),
                module_hours: Number(it.module_hours),
                document_number: it.document_number ?? "",
                effective_from: it.effective_from ?? "",
                effective_to: it.effective_to || null,
              },
              throwOnError: true,
            }),
        },
      }}
    />
  );
  return (
    <>
      <PageHead title={t("menu.trainingRequirements")} hint={t("training.requirementsHint")}>
        {action}
      </PageHead>
      <List
        name="training-requirements"
        label={t("menu.trainingRequirements")}
        options={(query) => listTrainingRequirementsOptions({ query })}
        keyOf={(it) => it.id}
        columns={[
          { key: "version", title: t("training.version"), show: (it) => it.version, isNumber: true },
          { key: "total", title: t("training.totalHours"), show: (it) => it.total_hours, isNumber: true },
          { key: "module", title: t("training.moduleHours"), show: (it) => it.module_hours, isNumber: true },
          { key: "document", title: field("document_number"), show: (it) => it.document_number },
          { key: "from", title: field("effective_from"), show: (it) => it.effective_from },
          { key: "to", title: field("effective_to"), show: (it) => it.effective_to ?? "—" },
          { key: "at", title: t("credits.at"), show: (it) => instant(it.loaded_at) },
        ]}
        empty={{ title: t("training.noRequirements"), hint: t("training.noRequirementsHint"), action }}
      />
    </>
  );
}

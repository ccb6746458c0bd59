import { useTranslation } from "react-i18next";
import { listGraduationDaysOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { loadGraduationDay } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, today } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useProgrammes } from "@/ui/staff/names.ts";
import { useWords } from "@/ui/staff/words.ts";

/** On which day each entry year graduates, by its document: nothing is foreseen without it. */
export function GraduationDays() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const programmes = useProgrammes();
  return (
    <>
      <div className="page-deeds">
        <Deeds
          allowed={may("graduation_days:load") ? ["load"] : []}
          deeds={{
            load: {
              label: t("settlements.loadDay"),
              consequence: t("settlements.loadDaySays"),
              fields: [
                { name: "programme_id", label: field("programme"), options: programmes },
                { name: "entry_year", label: field("entry_year"), type: "number" },
                { name: "graduates_on", label: t("settlements.graduatesOn"), type: "date", initial: today() },
                { name: "document_number", label: field("document_number") },
              ],
              run: (it) =>
                loadGraduationDay({
                  body: {
                    programme_id: it.programme_id ?? "",
                    entry_year: Number(it.entry_year),
                    graduates_on: it.graduates_on ?? "",
                    document_number: it.document_number ?? "",
                  },
                  throwOnError: true,
                }),
            },
          }}
        />
      </div>
      <List
        name="graduation-days"
        label={t("settlements.view.graduation")}
        options={(query) => listGraduationDaysOptions({ query })}
        keyOf={(it) => it.id}
        filters={[{ name: "programme_id", label: field("programme"), options: programmes }]}
        columns={[
          { key: "programme", title: field("programme"), show: (it) => it.programme_name },
          { key: "entry_year", title: field("entry_year"), show: (it) => it.entry_year },
          { key: "graduates_on", title: t("settlements.graduatesOn"), show: (it) => it.graduates_on },
          { key: "document", title: field("document_number"), show: (it) => it.document_number },
          { key: "revision", title: field("version"), show: (it) => it.revision },
          { key: "current", title: t("settlements.isCurrent"), show: (it) => word(String(it.is_current)) },
          { key: "loaded", title: t("settlements.loadedAt"), show: (it) => instant(it.loaded_at) },
        ]}
        empty={{ title: t("settlements.noDays"), hint: t("settlements.noDaysHint") }}
      />
    </>
  );
}

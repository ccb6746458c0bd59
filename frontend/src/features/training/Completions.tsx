import { useTranslation } from "react-i18next";
import { listTrainingCompletionsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { reverseTrainingCompletion } from "@/api/staff/sdk.gen.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** What a teacher completed; what was reversed stays, with the reason. */
export function Completions({ teacherId }: { teacherId: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("training.completions")}</h2>
      <List
        name="training-completions"
        label={t("training.completions")}
        options={(query) => listTrainingCompletionsOptions({ query })}
        fixed={{ teacher_id: teacherId }}
        keyOf={(it) => it.id}
        columns={[
          { key: "title", title: t("training.title"), show: (it) => it.title },
          { key: "on", title: t("training.completedOn"), show: (it) => it.completed_on },
          { key: "hours", title: t("training.hours"), show: (it) => it.hours, isNumber: true },
          { key: "module", title: t("training.isModule"), show: (it) => word(String(it.is_x_module)) },
          { key: "tier", title: t("training.tier"), show: (it) => (it.level ? word(`level_${it.level}`) : "—") },
          {
            key: "state",
            title: field("state"),
            show: (it) => (it.reversed_at ? <State of="reversed" as="train" /> : t("training.counts")),
          },
          { key: "because", title: field("reason"), show: (it) => it.reversed_because ?? "—" },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => (
              <div className="page-deeds">
                <Deeds
                  allowed={it.allowed_deeds}
                  deeds={{
                    reverse: {
                      label: t("training.reverse"),
                      consequence: t("training.reverseSays"),
                      isDanger: true,
                      fields: [{ name: "reason", label: field("reason"), type: "long" }],
                      run: (values) =>
                        reverseTrainingCompletion({
                          path: { completion_id: it.id },
                          body: { reason: values.reason ?? "" },
                          throwOnError: true,
                        }),
                    },
                  }}
                />
              </div>
            ),
          },
        ]}
        empty={{ title: t("training.noCompletions"), hint: t("training.noCompletionsHint") }}
      />
    </section>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SurveyIn, SurveyOut, SurveyQuestionIn } from "@/api/staff/types.gen.ts";
import { FormDialog, type Values } from "@/ui/staff/FormDialog.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import type { Changed } from "@/ui/staff/overwriting.ts";
import { Rows } from "@/ui/staff/Rows.tsx";
import { useOwnCollege } from "./people.ts";

interface Props {
  title: string;
  change?: Changed<SurveyOut>;
  send: (body: SurveyIn, over?: SurveyOut) => Promise<unknown>;
  onClose: () => void;
}

const FRESH: Values = { text: "", kind: "choice", choices: "", is_required: "on" };

/** A survey as it is drafted, its questions one below the other. */
export function SurveyForm({ title, change, send, onClose }: Props) {
  const shown = change?.shown;
  const { t } = useTranslation("staff");
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const own = useOwnCollege();
  const [rows, setRows] = useState<Values[]>(() =>
    shown
      ? shown.questions.map((it) => ({
          text: it.text,
          kind: it.kind,
          choices: it.choices.join("；"),
          is_required: it.is_required ? "on" : "",
        }))
      : [FRESH],
  );
  return (
    <FormDialog
      title={title}
      submit={t("common.save")}
      fields={[
        { name: "title", label: t("surveys.title"), initial: shown?.title ?? "" },
        {
          name: "college_id",
          label: t("consultations.college"),
          ...own,
          initial: shown ? (shown.college_id ?? "") : own.initial,
        },
      ]}
      run={async (values, over) => {
        await send(
          {
            title: values.title ?? "",
            college_id: values.college_id || null,
            questions: rows.map((it) => ({
              text: it.text ?? "",
              kind: it.kind as SurveyQuestionIn["kind"],
              choices: it.kind === "choice" ? splitChoices(it.choices ?? "") : [],
              is_required: it.is_required === "on",
            })),
          },
          over,
        );
        message.success(t("common.done", { deed: title }));
        await queryClient.invalidateQueries();
      }}
      change={change}
      onClose={onClose}
    >
      <Rows
        legend={t("surveys.questions")}
        fields={[
          { name: "text", label: t("surveys.question") },
          { name: "kind", label: t("surveys.kind"), options: useOptions(["choice", "number", "text"], "guided") },
          { name: "choices", label: `${t("surveys.choices")}（${t("surveys.choicesHint")}）`, isOptional: true },
          { name: "is_required", label: t("surveys.required"), type: "check" },
        ]}
        rows={rows}
        onChange={setRows}
        fresh={FRESH}
        add={t("surveys.addQuestion")}
      />
    </FormDialog>
  );
}

function splitChoices(text: string): string[] {
  return text
    .split(/[；;]/)
    .map((it) => it.trim())
    .filter(Boolean);
}

import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getSurveyOptions, getSurveyResultsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeSurvey, closeSurvey, getSurvey, openSurvey, recordSurveyResponses } from "@/api/staff/sdk.gen.ts";
import type { SurveyOut, SurveyQuestionResultOut, SurveyResponseIn } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { SurveyForm } from "./SurveyForm.tsx";

export function Survey({ id }: { id: string }) {
  return <Loaded options={getSurveyOptions({ path: { survey_id: id } })}>{(it) => <Known it={it} />}</Loaded>;
}

function Known({ it }: { it: SurveyOut }) {
  const { t } = useTranslation("staff");
  const to = { path: { survey_id: it.id }, throwOnError: true } as const;
  return (
    <>
      <PageHead
        title={it.title}
        state={<State of={`survey_${it.state}`} as="guided" />}
        hint={`${it.college_name ?? t("consultations.office")} · ${t("surveys.responses")} ${it.responses}`}
      >
        {it.allowed_deeds.includes("change") && <Edit it={it} />}
        <Deeds
          allowed={it.allowed_deeds}
          deeds={{
            open: { label: t("surveys.open"), consequence: t("surveys.openSays"), run: () => openSurvey(to) },
            record: {
              label: t("surveys.record"),
              consequence: t("surveys.recordSays"),
              fields: [{ name: "rows", label: t("surveys.rows"), type: "long" }],
              run: (values) => recordSurveyResponses({ ...to, body: { responses: pasted(values.rows ?? "", it) } }),
            },
            close: {
              label: t("surveys.close"),
              consequence: t("surveys.closeSays"),
              isDanger: true,
              run: () => closeSurvey(to),
            },
          }}
        />
      </PageHead>
      {it.responses === 0 ? <Questions it={it} /> : <Results id={it.id} />}
      <Audit of={it.id} />
    </>
  );
}

/** Lines of a table as questionnaires: a number first, then an answer a question; a whole number is sent as one. */
function pasted(text: string, survey: SurveyOut): SurveyResponseIn[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  return lines.map((line) => {
    const [reference = "", ...cells] = line.split("\t").map((cell) => cell.trim());
    return {
      reference,
      answers: survey.questions.map((question, index) => {
        const cell = cells[index] ?? "";
        if (cell === "") return null;
        return question.kind === "number" && /^\d+$/.test(cell) ? Number(cell) : cell;
      }),
    };
  });
}

function Questions({ it }: { it: SurveyOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("surveys.questions")}</h2>
      <Grid
        label={t("surveys.questions")}
        rows={it.questions}
        keyOf={(question) => question.text}
        columns={[
          { key: "text", title: t("surveys.question"), show: (question) => question.text },
          { key: "kind", title: t("surveys.kind"), show: (question) => word(question.kind, "guided") },
          { key: "choices", title: t("surveys.choices"), show: (question) => question.choices.join("；") || "—" },
          { key: "required", title: t("surveys.required"), show: (question) => word(String(question.is_required)) },
        ]}
      />
      {it.state !== "draft" && <p className="muted">{t("surveys.noResponses")}</p>}
    </section>
  );
}

function Results({ id }: { id: string }) {
  return (
    <Loaded options={getSurveyResultsOptions({ path: { survey_id: id } })}>
      {(told) => told.questions.map((it) => <Result key={it.number} it={it} />)}
    </Loaded>
  );
}

function Result({ it }: { it: SurveyQuestionResultOut }) {
  const { t } = useTranslation("staff");
  return (
    <section className="panel">
      <h2>
        {it.number}. {it.text}
      </h2>
      <p className="muted">{t("surveys.answeredOf", { answered: it.answered, responses: it.responses })}</p>
      {it.kind === "choice" && (
        <Grid
          label={it.text}
          rows={it.choices}
          keyOf={(choice) => choice.choice}
          columns={[
            { key: "choice", title: t("surveys.choices"), show: (choice) => choice.choice },
            {
              key: "count",
              title: t("surveys.responses"),
              show: (choice) => `${choice.numerator} / ${choice.denominator}`,
              isNumber: true,
            },
            { key: "share", title: t("surveys.share"), show: shareOf, isNumber: true },
          ]}
        />
      )}
      {it.kind === "number" && (
        <Facts
          facts={[
            [t("surveys.least"), it.least],
            [t("surveys.most"), it.most],
            [t("surveys.mean"), it.mean],
            [t("surveys.median"), it.median],
          ]}
        />
      )}
      {it.kind === "text" && (
        <ul aria-label={t("surveys.texts")}>
          {it.texts.map((text, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have said the same, and the list does not change
            <li key={index}>{text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A share with one decimal; nobody's share of nobody is none. */
function shareOf({ numerator, denominator }: { numerator: number; denominator: number }): string {
  return denominator === 0 ? "—" : `${((100 * numerator) / denominator).toFixed(1)} %`;
}

function Edit({ it }: { it: SurveyOut }) {
  const { t } = useTranslation("staff");
  // What was shown when the form was opened is what a change is checked against.
  const [opened, setOpened] = useState<SurveyOut | null>(null);
  const to = { path: { survey_id: it.id }, throwOnError: true } as const;
  return (
    <>
      <Button onClick={() => setOpened(it)}>{t("surveys.edit")}</Button>
      {opened && (
        <SurveyForm
          title={t("surveys.edit")}
          change={{ shown: opened, read: async () => (await getSurvey(to)).data }}
          onClose={() => setOpened(null)}
          send={(body, over = opened) => changeSurvey({ ...to, headers: ifMatch(over), body })}
        />
      )}
    </>
  );
}

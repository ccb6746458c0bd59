import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listSurveysOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { draftSurvey } from "@/api/staff/sdk.gen.ts";
import { useMay } from "@/auth/me.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { SurveyForm } from "./SurveyForm.tsx";

const STATES = ["draft", "open", "closed"];

export function Surveys() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const action = may("consultations:record") && (
    <Button type="primary" onClick={() => setOpen(true)}>
      {t("surveys.draft")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("menu.surveys")} hint={t("surveys.hint")}>
        {action}
      </PageHead>
      {isOpen && (
        <SurveyForm
          title={t("surveys.draft")}
          onClose={() => setOpen(false)}
          send={async (body) => {
            const { data } = await draftSurvey({ body, throwOnError: true });
            await navigate({ to: `/surveys/${data.id}` as never });
          }}
        />
      )}
      <List
        name="surveys"
        label={t("menu.surveys")}
        options={(query) => listSurveysOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/surveys/${it.id}`}
        filters={[
          {
            name: "state",
            label: field("state"),
            options: STATES.map((value) => ({ value, label: word(`survey_${value}`, "guided") })),
          },
        ]}
        columns={[
          { key: "title", title: t("surveys.title"), show: (it) => it.title },
          {
            key: "college",
            title: t("consultations.college"),
            show: (it) => it.college_name ?? t("consultations.office"),
          },
          { key: "questions", title: t("surveys.questions"), show: (it) => it.questions.length, isNumber: true },
          { key: "responses", title: t("surveys.responses"), show: (it) => it.responses, isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={`survey_${it.state}`} as="guided" /> },
        ]}
        empty={{ title: t("surveys.none"), hint: t("surveys.noneHint"), action }}
      />
    </>
  );
}

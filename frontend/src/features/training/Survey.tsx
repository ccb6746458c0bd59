import { useTranslation } from "react-i18next";
import { getTrainingSurveyOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import type { RATINGS } from "./Enrolments.tsx";
import { percent } from "./teachers.ts";

/** What participants say, with what each mean is made of and without names. */
export function Survey({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  return (
    <section className="panel">
      <h2>{t("training.survey")}</h2>
      <Loaded options={getTrainingSurveyOptions({ path: { project_id: id } })}>
        {(it) => (
          <>
            <p className="muted">
              {t("training.surveyOf", {
                answers: it.answers,
                participants: it.participants,
                percent: percent(it.response_percent),
              })}
            </p>
            {it.answers === 0 && <p>{t("training.surveyNone")}</p>}
            {it.answers > 0 && (
              <Grid
                label={t("training.survey")}
                rows={it.ratings}
                keyOf={(each) => each.question}
                columns={[
                  {
                    key: "question",
                    title: t("training.survey"),
                    show: (each) => t(`training.${each.question as (typeof RATINGS)[number]}`),
                  },
                  { key: "mean", title: t("training.surveyMean"), show: (each) => each.mean ?? "—", isNumber: true },
                  {
                    key: "sum",
                    title: t("training.surveyAnswers"),
                    show: (each) => `${each.sum} / ${each.answers}`,
                    isNumber: true,
                  },
                ]}
              />
            )}
            {it.comments.length > 0 && (
              <>
                <h3>{t("training.comments")}</h3>
                <ul>
                  {it.comments.map((comment) => (
                    <li key={comment}>{comment}</li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getCollegeScoresOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type {
  CollegeAssessmentDetailOut,
  CollegeCountOut,
  CollegeScoresOut,
  IndicatorScoreOut,
} from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { IndicatorRows } from "./IndicatorRows.tsx";
import { useIndicatorWords } from "./indicators.tsx";

/** An assessment's indicators with both sides, target and points; what was counted opens the rows behind it. */
export function Scores({ assessment }: { assessment: CollegeAssessmentDetailOut }) {
  return (
    <Loaded options={getCollegeScoresOptions({ path: { assessment_id: assessment.id } })}>
      {(it) => <Known assessment={assessment} told={it} />}
    </Loaded>
  );
}

const sides = (count: CollegeCountOut): string => `${count.numerator} / ${count.denominator}`;

function Known({ assessment, told }: { assessment: CollegeAssessmentDetailOut; told: CollegeScoresOut }) {
  const { t } = useTranslation("staff");
  const say = useIndicatorWords();
  const [opened, setOpened] = useState<IndicatorScoreOut | null>(null);
  return (
    <section className="panel">
      <h2>{t("supervise.indicators")}</h2>
      <p className="muted">
        {told.submission === null
          ? t("supervise.standingSays", { at: instant(told.as_of) })
          : t("supervise.frozenSays", { at: instant(told.as_of), number: told.submission })}{" "}
        {t("supervise.sumSays", { points: told.total.points, weight: told.total.assessable_weight })}
      </p>
      <Grid
        label={t("supervise.indicators")}
        rows={told.indicators}
        keyOf={(it) => it.code}
        columns={[
          {
            key: "name",
            title: t("supervise.indicator"),
            show: (it) => (
              <>
                {it.name}
                <br />
                <small className="muted">
                  {say.numerator(it)} / {say.denominator(it)}
                </small>
              </>
            ),
          },
          { key: "value", title: t("supervise.value"), show: (it) => <Value it={it} />, isNumber: true },
          {
            key: "ratio",
            title: t("supervise.ratio"),
            show: (it) => {
              const ratio = (it.adjusted ?? it.value)?.ratio_percent;
              return ratio ? `${ratio}%` : "—";
            },
            isNumber: true,
          },
          { key: "target", title: t("supervise.target"), show: (it) => it.target_percent, isNumber: true },
          { key: "weight", title: t("supervise.weight"), show: (it) => it.weight, isNumber: true },
          {
            key: "points",
            title: t("supervise.points"),
            show: (it) => it.points ?? t(it.value ? "supervise.notAssessable" : "supervise.notStated"),
            isNumber: true,
          },
          { key: "words", title: t("supervise.narrative"), show: (it) => it.narrative ?? "—" },
          {
            key: "rows",
            title: t("supervise.showRows"),
            show: (it) =>
              it.source === "figure" ? (
                <Button size="small" onClick={() => setOpened(it)}>
                  {t("supervise.showRows")}
                </Button>
              ) : (
                t("supervise.manual")
              ),
          },
        ]}
      />
      {opened && <IndicatorRows assessment={assessment} indicator={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

function Value({ it }: { it: IndicatorScoreOut }) {
  const { t } = useTranslation("staff");
  if (it.value === null) return "—";
  return (
    <>
      {sides(it.value)}
      {it.adjusted && (
        <>
          <br />
          <small>{t("supervise.adjusted", { sides: sides(it.adjusted), reason: it.adjusted.reason })}</small>
        </>
      )}
    </>
  );
}

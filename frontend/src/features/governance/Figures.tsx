import { useTranslation } from "react-i18next";
import type { ScorecardOut } from "@/api/staff/types.gen.ts";
import { Grid } from "@/ui/staff/Grid.tsx";

/** Every figure of a scorecard with what it is made of; with nothing to divide by there is no figure. */
export function Figures({ card, beside }: { card: ScorecardOut; beside?: ScorecardOut }) {
  const { t } = useTranslation("staff");
  const rows = useFigures(card);
  const others = useFigures(beside ?? card);
  return (
    <Grid
      label={t("scorecards.figures")}
      rows={rows}
      keyOf={(it) => it.name}
      columns={[
        { key: "name", title: t("scorecards.figure"), show: (it) => it.name },
        {
          key: "value",
          title: t("scorecards.value"),
          show: (it) => it.value ?? t("scorecards.noFigure"),
          isNumber: true,
        },
        { key: "numerator", title: t("scorecards.numerator"), show: (it) => it.numerator, isNumber: true },
        { key: "denominator", title: t("scorecards.denominator"), show: (it) => it.denominator, isNumber: true },
        ...(beside
          ? [
              {
                key: "organisation",
                title: t("scorecards.ofOrganisation"),
                show: (it: Figure) => others.find((other) => other.name === it.name)?.value ?? t("scorecards.noFigure"),
                isNumber: true,
              },
            ]
          : []),
      ]}
    />
  );
}

interface Figure {
  name: string;
  value: string | null;
  numerator: string;
  denominator: string;
}

function useFigures(card: ScorecardOut): readonly Figure[] {
  const { t } = useTranslation("staff");
  const made = (value: string | null, unit: string): string | null => value && `${value} ${unit}`;
  const { pass_rate, answer_hours, result_latency_days, corrections } = card;
  return [
    {
      name: t("scorecards.passRate"),
      value: made(pass_rate.percent, "%"),
      numerator: t("scorecards.passed", { count: pass_rate.numerator }),
      denominator: t("scorecards.sat", { count: pass_rate.denominator }),
    },
    {
      name: t("scorecards.corrections"),
      value: made(corrections.per_thousand, "‰"),
      numerator: t("scorecards.corrected", { count: corrections.numerator }),
      denominator: t("scorecards.results", { count: corrections.denominator }),
    },
    {
      name: t("scorecards.latency"),
      value: made(result_latency_days.mean, t("scorecards.days")),
      numerator: "—",
      denominator: t("scorecards.results", { count: result_latency_days.count }),
    },
    {
      name: t("scorecards.answerHours"),
      value: made(answer_hours.mean, t("scorecards.hours")),
      numerator: t("scorecards.waiting", { count: card.waiting_answers }),
      denominator: t("scorecards.answers", { count: answer_hours.count }),
    },
  ];
}

/** How figures are written: credits come as hundredths, everything else as it is. */

import type {
  FigureCountOut as CountOut,
  FigureDifferenceOut as DifferenceOut,
  ReportFigureOut,
} from "@/api/staff/types.gen.ts";

type Unit = ReportFigureOut["unit"];

function amount(unit: Unit, value: number): string {
  return unit === "credit_hundredths" ? (value / 100).toFixed(2) : String(value);
}

export function sides(unit: Unit, count: CountOut | null): string {
  if (count === null) return "—";
  const above = amount(unit, count.numerator);
  return count.denominator === null ? above : `${above} / ${amount(unit, count.denominator)}`;
}

export function rate(count: CountOut | null): string {
  return count?.rate_percent ? `${count.rate_percent}%` : "—";
}

/** What changed: points of the rate where there is one, else the amount. */
export function changed(unit: Unit, change: DifferenceOut | null, points: (count: string) => string): string {
  if (change === null) return "—";
  const sign = (value: string): string => (Number(value) > 0 ? `+${value}` : value);
  if (change.rate_points !== null) return points(sign(change.rate_points));
  return change.denominator === null ? sign(amount(unit, change.numerator)) : "—";
}

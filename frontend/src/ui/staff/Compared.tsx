import type { ReactNode } from "react";
import { Grid } from "./Grid.tsx";
import { usePicture } from "./picture.ts";

export interface Series {
  name: string;
  /** One for each name; null where there is none. */
  values: readonly (number | null)[];
}

interface Props {
  label: string;
  /** What the names are names of. */
  of: string;
  names: readonly string[];
  series: readonly Series[];
  show: (value: number | null) => string;
  /** The figures are parts of one whole. */
  isStacked?: boolean;
  /** What the table says beside the bars' figures, by the place of the name. */
  more?: readonly { title: string; show: (at: number) => ReactNode; isNumber?: boolean }[];
}

// Colours that are told apart in both themes and by who sees few colours; patterns tell them apart once more.
const COLOURS = ["#1677ff", "#fa8c16", "#13c2c2", "#722ed1"];

/** Several figures of the same things side by side, as bars and as the table that says the same. */
export default function Compared({ label, of, names, series, show, isStacked = false, more = [] }: Props) {
  const valuesOf = (it: Series): string => it.values.map((value, at) => `${names[at]} ${show(value)}`).join(", ");
  const place = usePicture({
    aria: {
      enabled: true,
      decal: { show: series.length > 1 },
      label: { description: `${label}: ${series.map((it) => `${it.name}: ${valuesOf(it)}`).join("; ")}` },
    },
    color: COLOURS,
    legend: { type: "plain", top: 0 },
    tooltip: { trigger: "axis" },
    grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: "value", splitNumber: 4, axisLabel: { hideOverlap: true } },
    yAxis: {
      type: "category",
      inverse: true,
      data: [...names],
      axisLabel: { width: 150, overflow: "break" },
    },
    series: series.map((it) => ({
      type: "bar",
      name: it.name,
      data: [...it.values],
      barMaxWidth: 22,
      ...(isStacked && { stack: "whole" }),
    })),
  });
  const rows = names.map((name, at) => ({ name, at }));
  return (
    <figure style={{ margin: 0 }}>
      <div
        ref={place}
        style={{ height: 70 + names.length * (16 + 24 * (isStacked ? 1 : series.length)) }}
        role="img"
        aria-label={label}
      />
      <figcaption>
        <Grid
          label={label}
          rows={rows}
          keyOf={(it) => `${it.name}-${it.at}`}
          columns={[
            { key: "name", title: of, show: (it) => it.name },
            ...series.map((one) => ({
              key: one.name,
              title: one.name,
              isNumber: true,
              show: (it: { at: number }) => show(one.values[it.at] ?? null),
            })),
            ...more.map((one) => ({
              key: one.title,
              title: one.title,
              isNumber: one.isNumber ?? false,
              show: (it: { at: number }) => one.show(it.at),
            })),
          ]}
        />
      </figcaption>
    </figure>
  );
}

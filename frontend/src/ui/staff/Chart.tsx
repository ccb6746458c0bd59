import { Grid } from "./Grid.tsx";
import { usePicture } from "./picture.ts";

export interface Bar {
  name: string;
  value: number;
}

/** Bars, described in words for who does not see them, and the same figures as a table below. */
export default function Chart({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const place = usePicture({
    aria: {
      enabled: true,
      label: { description: `${label}: ${bars.map((it) => `${it.name} ${it.value}`).join(", ")}` },
    },
    tooltip: {},
    grid: { left: 48, right: 16, top: 16, bottom: 28 },
    xAxis: { type: "category", data: bars.map((it) => it.name) },
    yAxis: { type: "value", minInterval: 1 },
    series: [{ type: "bar", data: bars.map((it) => it.value), barMaxWidth: 64, itemStyle: { color: "#1677ff" } }],
  });
  return (
    <figure style={{ margin: 0 }}>
      <div ref={place} style={{ height: 260 }} role="img" aria-label={label} />
      <figcaption>
        <Grid
          label={label}
          rows={bars}
          keyOf={(it) => it.name}
          columns={[
            { key: "name", title: label, show: (it) => it.name },
            { key: "value", title: "#", show: (it) => it.value, isNumber: true },
          ]}
        />
      </figcaption>
    </figure>
  );
}

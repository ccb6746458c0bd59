import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useTheme } from "@/lib/theme.ts";

use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

interface Props {
  label: string;
  names: readonly [string, string];
  pairs: readonly { name: string; values: readonly [number, number] }[];
}

const COLOURS = ["#1677ff", "#d46b08"] as const;
const ROW_PX = 46;

/** Two figures for each of several things, told apart by colour and pattern; the page shows them as a table too. */
export default function PairChart({ label, names, pairs }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current, theme === "dark" ? "dark" : undefined, { renderer: "svg" });
    const told = pairs.map((it) => `${it.name}: ${names[0]} ${it.values[0]}, ${names[1]} ${it.values[1]}`);
    chart.setOption({
      backgroundColor: "transparent",
      aria: { enabled: true, decal: { show: true }, label: { description: `${label}: ${told.join("; ")}` } },
      animation: false,
      tooltip: { trigger: "axis" },
      legend: { top: 0 },
      grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
      xAxis: { type: "value", minInterval: 1 },
      yAxis: {
        type: "category",
        inverse: true,
        data: pairs.map((it) => it.name),
        axisLabel: { width: 150, overflow: "truncate" },
      },
      series: names.map((name, at) => ({
        type: "bar",
        name,
        data: pairs.map((it) => it.values[at as 0 | 1]),
        barMaxWidth: 16,
        itemStyle: { color: COLOURS[at as 0 | 1] },
      })),
    });
    const resize = (): void => chart.resize();
    addEventListener("resize", resize);
    return () => {
      removeEventListener("resize", resize);
      chart.dispose();
    };
  }, [pairs, names, label, theme]);
  return <div ref={place} style={{ height: 80 + pairs.length * ROW_PX }} role="img" aria-label={label} />;
}

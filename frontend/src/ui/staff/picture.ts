/** What all charts have in common: how one is drawn, and that it follows the theme and the window. */

import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { type RefObject, useEffect, useRef } from "react";
import { useTheme } from "@/lib/theme.ts";

use([BarChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

export function usePicture(option: object): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const drawn = JSON.stringify(option);
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when what it says is another, not at each render
  useEffect(() => {
    if (!place.current) return;
    const chart = init(place.current, theme === "dark" ? "dark" : undefined, { renderer: "svg" });
    chart.setOption({ backgroundColor: "transparent", animation: false, ...option });
    const resize = (): void => chart.resize();
    addEventListener("resize", resize);
    return () => {
      removeEventListener("resize", resize);
      chart.dispose();
    };
  }, [drawn, theme]);
  return place;
}

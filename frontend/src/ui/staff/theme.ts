/** Ant Design's tokens, with the colours that reach the contrast of WCAG AA in both themes. */

import { type ThemeConfig, theme } from "antd";
import type { Theme } from "@/lib/theme.ts";

const FONT =
  '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, -apple-system, sans-serif';

const light: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: {
    fontFamily: FONT,
    colorPrimary: "#0958d9",
    // Darker under the pointer: the library's lighter blue is too near to the white on it.
    colorPrimaryHover: "#003eb3",
    colorInfo: "#0958d9",
    colorLink: "#0958d9",
    colorError: "#cf1322",
    colorSuccess: "#237804",
    colorSuccessBg: "#f6ffed",
    colorWarning: "#874d00",
    colorWarningBg: "#fffbe6",
    colorTextPlaceholder: "#6b7280",
    colorTextDescription: "#595f69",
    colorTextTertiary: "#595f69",
    colorTextQuaternary: "#6b7280",
    colorTextDisabled: "#6b7280",
    colorBgLayout: "#f5f7fa",
  },
  components: { DatePicker: { colorTextDisabled: "#6b7280" }, Menu: { itemHeight: 40 } },
};

const dark: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    fontFamily: FONT,
    colorPrimary: "#1677ff",
    colorPrimaryHover: "#1554ad",
    colorInfo: "#69b1ff",
    colorLink: "#69b1ff",
    colorError: "#ff7875",
    colorTextPlaceholder: "#8c8c8c",
    colorTextDisabled: "#8c8c8c",
    colorTextTertiary: "#a6a6a6",
    colorTextQuaternary: "#9a9a9a",
    colorTextDescription: "#a6a6a6",
  },
};

export function themeOf(chosen: Theme, isStill: boolean): ThemeConfig {
  const themed = chosen === "dark" ? dark : light;
  return { ...themed, token: { ...themed.token, motion: !isStill } };
}

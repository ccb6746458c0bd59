import { useTranslation } from "react-i18next";
import type { CollegeIndicatorOut } from "@/api/staff/types.gen.ts";

/** How an indicator's source and sides are said in the reader's language. */
export function useIndicatorWords() {
  const { t, i18n } = useTranslation("staff");
  const isChinese = i18n.language.startsWith("zh");
  return {
    numerator: (it: CollegeIndicatorOut) => (isChinese ? it.numerator_zh : it.numerator_en),
    denominator: (it: CollegeIndicatorOut) => (isChinese ? it.denominator_zh : it.denominator_en),
    source: (it: CollegeIndicatorOut) =>
      it.source === "manual" ? (
        t("supervise.manual")
      ) : (
        <>
          {t("supervise.fromFigure")} <code>{it.figure_code}</code>{" "}
          {t("supervise.figureVersion", { version: it.figure_version })}
        </>
      ),
  };
}

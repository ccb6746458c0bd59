import { useTranslation } from "react-i18next";
import { chooseLanguage, currentLanguage } from "@/lib/i18n.ts";
import { chooseTheme, useTheme } from "@/lib/theme.ts";

/** Language and light or dark; both are kept in this browser. */
export function Toggles() {
  const { t } = useTranslation();
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <span className="toggles">
      <button
        type="button"
        className="link"
        onClick={() => void chooseLanguage(currentLanguage() === "en" ? "zh-CN" : "en")}
      >
        <span lang={currentLanguage() === "en" ? "zh-CN" : "en"}>{t("action.language")}</span>
      </button>
      <button type="button" className="link" onClick={() => chooseTheme(other)} aria-label={t(`action.${other}`)}>
        {theme === "dark" ? "☀" : "☾"}
      </button>
    </span>
  );
}

import { useTranslation } from "react-i18next";

/** The shape of what is coming; said aloud once, seen as grey bars. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <div className="waiting" role="status" aria-label={t("state.loading")}>
      <span className="bar bar-title" />
      <span className="bar" />
      <span className="bar" />
      <span className="bar bar-short" />
    </div>
  );
}

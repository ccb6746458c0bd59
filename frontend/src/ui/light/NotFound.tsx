import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className="page">
      <h1>{t("problem.notFound")}</h1>
      <p>{t("problem.notFoundHint")}</p>
      <Link to="/" className="button">
        {t("action.home")}
      </Link>
    </main>
  );
}

import { Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Toggles } from "@/ui/light/Toggles.tsx";
import "./public.css";

const PLACES = [
  ["/public/certificates", "certificates"],
  ["/public/mappings", "mappings"],
  ["/public/mapping-notices", "mappingNotices"],
  ["/public/notices", "notices"],
  ["/public/bulletins", "bulletins"],
  ["/public/typical-cases", "cases"],
  ["/public/verify", "verify"],
] as const;

/** The frame of the public's pages. */
export function PublicFrame() {
  const { t } = useTranslation(["public", "common"]);
  return (
    <div className="public">
      <a className="skip" href="#content">
        {t("action.skip", { ns: "common" })}
      </a>
      <header className="public-head">
        <Link to="/login" className="public-brand">
          {t("product", { ns: "common" })}
        </Link>
        <Toggles />
      </header>
      <nav className="public-nav" aria-label={t("nav.label")}>
        {PLACES.map(([to, name]) => (
          <Link key={to} to={to}>
            {t(`nav.${name}`)}
          </Link>
        ))}
      </nav>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

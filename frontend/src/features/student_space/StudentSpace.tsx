import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import * as asks from "./kit/ask.ts";
import { Icon, type IconName } from "./kit/Icon.tsx";
import { OfflineNote } from "./kit/OfflineNote.tsx";
import "./student.css";

const TABS = [
  ["/m", "home"],
  ["/m/exams", "exams"],
  ["/m/awards", "awards"],
  ["/m/credits", "credits"],
  ["/m/me", "me"],
] as const satisfies readonly (readonly [string, IconName])[];

/** The frame of a student's own space: where one is, and the five places to go. */
export function StudentSpace() {
  const { t } = useTranslation(["student", "common"]);
  const unread = useQuery(asks.overview()).data?.unread ?? 0;
  return (
    <div className="space">
      <a className="skip" href="#content">
        {t("action.skip", { ns: "common" })}
      </a>
      <header className="space-head">
        <Link to="/m" className="space-brand">
          {t("title")}
        </Link>
        <Link
          to="/m/inbox"
          className="bell"
          aria-label={`${t("inbox.title")} ${unread ? t("inbox.unread", { count: unread }) : ""}`}
        >
          <Icon name="bell" />
          {unread > 0 && <span className="bell-count">{unread > 99 ? "99+" : unread}</span>}
        </Link>
      </header>
      <OfflineNote />
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <nav className="tabs" aria-label={t("tab.label")}>
        {TABS.map(([to, name]) => (
          <Link key={to} to={to} activeOptions={{ exact: to === "/m" }} className="tab">
            <Icon name={name} />
            <span>{t(`tab.${name}`)}</span>
          </Link>
        ))}
      </nav>
    </div>
  );
}

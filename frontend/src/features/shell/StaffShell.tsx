import { Link, Outlet } from "@tanstack/react-router";
import { App, Button, ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "@/auth/me.ts";
import { signOut } from "@/auth/session.ts";
import { useTheme } from "@/lib/theme.ts";
import { Toggles } from "@/ui/light/Toggles.tsx";
import { themeOf } from "@/ui/staff/theme.ts";
import { useUnread } from "@/ui/staff/unread.ts";
import { useWords } from "@/ui/staff/words.ts";
import "@/ui/staff/staff.css";
import { MENU } from "./menu.ts";
import { Palette } from "./Palette.tsx";

/** The frame of every staff page: what may be reached, who is signed in, and the page itself. */
export function StaffShell() {
  const { t, i18n } = useTranslation("staff");
  const me = useMe();
  const word = useWords();
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setAsking(true);
      }
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  return (
    <ConfigProvider
      locale={i18n.language === "en" ? enUS : zhCN}
      theme={themeOf(useTheme(), matchMedia("(prefers-reduced-motion: reduce)").matches)}
      button={{ autoInsertSpace: false }}
    >
      <App>
        <a className="skip" href="#content">
          {t("action.skip", { ns: "common" })}
        </a>
        <header className="staff-header">
          <button
            type="button"
            className="link nav-toggle"
            aria-expanded={isOpen}
            aria-controls="menu"
            onClick={() => setOpen(!isOpen)}
          >
            ☰ <span className="visually-hidden">{t("menu.open")}</span>
          </button>
          <Link to="/" className="brand">
            {t("product", { ns: "common" })}
          </Link>
          <span className="who">
            <Link to="/account">{me.name}</Link>{" "}
            <span className="muted">{me.roles.map((role) => word(role)).join("、")}</span>
          </span>
          <span className="wide">
            <Button size="small" onClick={() => setAsking(true)}>
              {t("palette.open")} Ctrl K
            </Button>
          </span>
          <Unread />
          <Toggles />
          <Button size="small" onClick={() => void signOut()}>
            {t("action.signOut", { ns: "common" })}
          </Button>
        </header>
        <div className="staff-body">
          <Menu isOpen={isOpen} onChosen={() => setOpen(false)} />
          <main className="staff-main" id="content" tabIndex={-1}>
            <Outlet />
          </main>
        </div>
        {isAsking && <Palette onClose={() => setAsking(false)} />}
      </App>
    </ConfigProvider>
  );
}

/** How many messages wait, seen from every page. */
function Unread() {
  const { t } = useTranslation("staff");
  const unread = useUnread();
  if (unread === 0) return null;
  return (
    <Link
      to={"/inbox" as never}
      className="unread"
      aria-label={`${t("menu.inbox")}: ${t("inbox.unread", { count: unread })}`}
    >
      ✉ {unread}
    </Link>
  );
}

function Menu({ isOpen, onChosen }: { isOpen: boolean; onChosen: () => void }) {
  const { t } = useTranslation("staff");
  const may = useMay();
  return (
    <nav className={isOpen ? "staff-nav open" : "staff-nav"} id="menu" aria-label={t("menu.label")}>
      <Link to="/" activeOptions={{ exact: true }} onClick={onChosen}>
        {t("menu.home")}
      </Link>
      {MENU.map(({ group, items }) => {
        const shown = items.filter((item) => may(item.needs));
        if (shown.length === 0) return null;
        return (
          <div key={group}>
            <h2>{t(`menu.group.${group}`)}</h2>
            {shown.map((item) => (
              <Link key={item.name} to={item.to as never} onClick={onChosen}>
                {t(`menu.${item.name}`)}
              </Link>
            ))}
          </div>
        );
      })}
      <h2>{t("menu.group.own")}</h2>
      {may("messages:read") && (
        <Link to={"/inbox" as never} onClick={onChosen}>
          {t("menu.inbox")}
        </Link>
      )}
      <Link to="/account" onClick={onChosen}>
        {t("menu.account")}
      </Link>
    </nav>
  );
}

import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

interface Props {
  title: string;
  back?: { to: LinkProps["to"]; title: string };
  children: ReactNode;
}

/** One screen: its title, the way back, and what is on it. */
export function Screen({ title, back, children }: Props) {
  const { t } = useTranslation("student");
  return (
    <div className="screen">
      {back && (
        <Link to={back.to} className="way-back" aria-label={t("backTo", { title: back.title })}>
          <Icon name="back" />
          {back.title}
        </Link>
      )}
      <h1>{title}</h1>
      {children}
    </div>
  );
}

export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}

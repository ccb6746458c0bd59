import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** What can be done with the rows of a list that are chosen, and how many they are. */
export function ForChosen({ count, children }: { count: number; children: ReactNode }) {
  const { t } = useTranslation("staff");
  return (
    <div className="filters">
      <span className="muted">{t("record.chosen", { count })}</span>
      {children}
    </div>
  );
}

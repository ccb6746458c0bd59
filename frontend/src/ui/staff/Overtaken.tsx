import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { type Told, useDifferences } from "./differences.ts";

/** Somebody changed it meanwhile: what is different now, before the deed is done on the fresh copy. */
export function Overtaken({ told, isBarred }: { told: Told; isBarred: boolean }) {
  const { t } = useTranslation("staff");
  const rows = useDifferences(told);
  return (
    <Alert
      role="alert"
      type="warning"
      title={t("conflict.title")}
      description={
        <>
          <p>{t(isBarred ? "conflict.barred" : "conflict.lookAgain")}</p>
          {rows.length > 0 && (
            <ul>
              {rows.map((row) => (
                <li key={row.name}>
                  {row.label}：<del>{row.was}</del> → <ins>{row.now}</ins>
                </li>
              ))}
            </ul>
          )}
        </>
      }
    />
  );
}

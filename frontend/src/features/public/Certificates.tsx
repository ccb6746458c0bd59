import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { listPublicCertificates } from "@/api/light/sdk.gen.ts";
import { FoundList, useFound } from "./FoundList.tsx";

/** The catalogue, found by name. */
export function Certificates() {
  const { t } = useTranslation("public");
  const [typed, setTyped] = useState("");
  const text = useDeferredValue(typed.trim());
  const found = useFound(["public-certificates", text], ({ query, ...asked }) =>
    listPublicCertificates({ ...asked, query: { ...query, page_size: 50, ...(text && { text }) } }),
  );
  return (
    <>
      <h1>{t("certificates.title")}</h1>
      <p className="muted">{t("certificates.lead")}</p>
      <label className="field">
        <span>{t("certificates.search")}</span>
        <input type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      </label>
      <FoundList found={found} none={t("certificates.none")} noneHint={t("certificates.noneHint")}>
        {(it) => (
          <li key={it.id} className="card">
            <strong>{it.name}</strong>
            <span className="muted">{it.organisation}</span>
            <span className="levels">
              {it.levels.map((level) => (
                <Level key={level} level={level} />
              ))}
            </span>
          </li>
        )}
      </FoundList>
    </>
  );
}

export function Level({ level }: { level: string }) {
  const { t } = useTranslation("public");
  return <span className="level">{level === "1" || level === "2" || level === "3" ? t(`level.${level}`) : level}</span>;
}

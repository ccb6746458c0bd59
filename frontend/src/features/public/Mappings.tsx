import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listPublishedMappings } from "@/api/light/sdk.gen.ts";
import { FoundList, useFound } from "./FoundList.tsx";
import { RuleHead } from "./Rule.tsx";

/** The rules by which institutions convert, each with what it says. */
export function Mappings() {
  const { t } = useTranslation("public");
  const found = useFound(["public-mappings"], listPublishedMappings);
  return (
    <>
      <h1>{t("mappings.title")}</h1>
      <p className="muted">{t("mappings.lead")}</p>
      <p className="muted">
        <a href="/v1/public/mapping-feed">{t("mappings.feed")}</a>
      </p>
      <FoundList found={found} none={t("mappings.none")}>
        {(it) => (
          <li key={it.id} className="card">
            <RuleHead rule={it} />
            <Link to="/public/mappings/$mappingId" params={{ mappingId: it.id }}>
              {t("mappings.details")}
            </Link>
          </li>
        )}
      </FoundList>
    </>
  );
}

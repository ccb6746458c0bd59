import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listMappingsOnNotice } from "@/api/light/sdk.gen.ts";
import type { PublicMappingOut } from "@/api/light/types.gen.ts";
import { meOptions } from "@/auth/me.ts";
import { useIsSignedIn } from "@/auth/session.ts";
import { FoundList, useFound } from "./FoundList.tsx";
import { Objections } from "./Objections.tsx";
import { RuleContent, RuleHead } from "./Rule.tsx";

/** The rules that are shown for objections today; people of the institution can object here. */
export function MappingNotices() {
  const { t } = useTranslation("public");
  const found = useFound(["mappings-on-notice"], listMappingsOnNotice);
  return (
    <>
      <h1>{t("mappingNotices.title")}</h1>
      <p className="muted">{t("mappingNotices.lead")}</p>
      <FoundList found={found} none={t("mappingNotices.none")} noneHint={t("mappingNotices.noneHint")}>
        {(it) => <OnNotice key={it.id} rule={it} />}
      </FoundList>
    </>
  );
}

function OnNotice({ rule }: { rule: PublicMappingOut }) {
  const { t } = useTranslation("public");
  const isSignedIn = useIsSignedIn();
  const me = useQuery({ ...meOptions, enabled: isSignedIn }).data;
  const isOfTheirs = me?.institution_id === rule.institution_id && me.permissions.includes("mapping_objections:raise");
  return (
    <li className="card">
      <RuleHead rule={rule} />
      {rule.notice && (
        <span className="num">
          {t("mappingNotices.days", { from: rule.notice.starts_on, to: rule.notice.ends_on })}
        </span>
      )}
      <details>
        <summary>{t("mappings.details")}</summary>
        <RuleContent rule={rule} />
      </details>
      {rule.notice && isOfTheirs && <Objections noticeId={rule.notice.id} />}
      {!isSignedIn && <a href="/login?to=/public/mapping-notices">{t("mappingNotices.signIn")}</a>}
    </li>
  );
}

import { useTranslation } from "react-i18next";
import { getAssessmentSiteOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeAssessmentSite, getAssessmentSite } from "@/api/staff/sdk.gen.ts";
import type { SiteOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Conflict } from "@/ui/staff/Conflict.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { SiteLevels } from "./SiteLevels.tsx";
import { SiteRooms } from "./SiteRooms.tsx";

export function Site({ id }: { id: string }) {
  return <Loaded options={getAssessmentSiteOptions({ path: { site_id: id } })}>{(it) => <Known site={it} />}</Loaded>;
}

/** A place for exams: what it applied for and was granted, and its rooms. */
function Known({ site }: { site: SiteOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const path = { site_id: site.id };
  return (
    <>
      <PageHead
        title={site.name}
        state={site.state && <State of={site.state} />}
        hint={`${site.institution_name} · ${site.college_name}`}
      >
        <Deeds
          allowed={site.allowed_deeds}
          deeds={{
            change: {
              label: t("common.edit"),
              consequence: t("places.changeSays"),
              fields: [
                { name: "name", label: field("name"), initial: site.name },
                { name: "address", label: field("address"), initial: site.address },
                { name: "is_shared", label: t("places.shared"), type: "check", initial: site.is_shared ? "on" : "" },
              ],
              run: (it) =>
                changeAssessmentSite({
                  path,
                  headers: ifMatch(site),
                  // What was not touched is not sent: name and address stay fixed once a level is approved.
                  body: {
                    ...(it.name !== site.name && { name: it.name ?? "" }),
                    ...(it.address !== site.address && { address: it.address ?? "" }),
                    ...((it.is_shared === "on") !== site.is_shared && { is_shared: it.is_shared === "on" }),
                  },
                  throwOnError: true,
                }),
              conflict: (mine) => (
                <Conflict
                  was={site}
                  mine={mine}
                  read={async () => (await getAssessmentSite({ path, throwOnError: true })).data}
                />
              ),
            },
          }}
        />
        <LinkButton to="/site-demand">{t("places.demand")}</LinkButton>
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("code"), site.code],
            [field("address"), site.address],
            [field("seats"), site.seats],
            [t("places.shared"), word(String(site.is_shared))],
          ]}
        />
      </section>
      <SiteLevels site={site} />
      <SiteRooms site={site} />
      <Audit of={site.id} />
    </>
  );
}

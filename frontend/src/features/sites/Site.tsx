import { useTranslation } from "react-i18next";
import { getAssessmentSiteOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { changeAssessmentSite, getAssessmentSite } from "@/api/staff/sdk.gen.ts";
import type { SiteOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Change } from "@/ui/staff/Change.tsx";
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
        {site.allowed_deeds.includes("change") && (
          <Change
            shown={site}
            consequence={t("places.changeSays")}
            fields={(it) => [
              { name: "name", label: field("name"), initial: it.name },
              { name: "address", label: field("address"), initial: it.address },
              { name: "is_shared", label: t("places.shared"), type: "check", initial: it.is_shared ? "on" : "" },
            ]}
            run={(shown, it) =>
              changeAssessmentSite({
                path,
                headers: ifMatch(shown),
                // What was not touched is not sent: name and address stay fixed once a level is approved.
                body: {
                  ...(it.name !== shown.name && { name: it.name ?? "" }),
                  ...(it.address !== shown.address && { address: it.address ?? "" }),
                  ...((it.is_shared === "on") !== shown.is_shared && { is_shared: it.is_shared === "on" }),
                },
                throwOnError: true,
              })
            }
            read={async () => (await getAssessmentSite({ path, throwOnError: true })).data}
          />
        )}
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

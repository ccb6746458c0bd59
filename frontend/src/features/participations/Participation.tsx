import { useTranslation } from "react-i18next";
import { getParticipationOptions, listParticipationDecisionsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ParticipationOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { useParticipationDeeds } from "./deeds.ts";

export function Participation({ id }: { id: string }) {
  return (
    <Loaded options={getParticipationOptions({ path: { participation_id: id } })}>
      {(it) => <Known participation={it} />}
    </Loaded>
  );
}

/** One participation: what was asked for, granted and taken, and every decision on it. */
function Known({ participation: it }: { participation: ParticipationOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const deedsOf = useParticipationDeeds();
  return (
    <>
      <PageHead
        title={`${it.certificate_name} ${word(`level_${it.level}`)}`}
        state={<State of={it.state} />}
        hint={`${it.academic_year} · ${it.programme_name ?? it.college_name}`}
      >
        <Deeds allowed={it.allowed_deeds} deeds={deedsOf(it)} />
        <LinkButton to={`/registrations?certificate_level_id=${it.certificate_level_id}`}>
          {t("menu.registrations")}
        </LinkButton>
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [field("college"), it.college_name],
            [field("programme"), it.programme_name ?? t("asking.wholeCollege")],
            [t("asking.quotaAsked"), it.quota_asked],
            [t("asking.granted"), it.quota],
            [t("asking.takenPlaces"), it.taken],
            [t("asking.left"), it.left],
            [field("document_number"), it.decision_document],
          ]}
        />
      </section>
      <section className="panel">
        <h2>{t("asking.decisions")}</h2>
        <Loaded options={listParticipationDecisionsOptions({ path: { participation_id: it.id } })}>
          {(decisions) => (
            <Grid
              label={t("asking.decisions")}
              rows={decisions}
              keyOf={(each) => String(each.number)}
              columns={[
                { key: "deed", title: field("deeds"), show: (each) => word(each.deed, "deed") },
                { key: "at", title: t("credits.at"), show: (each) => instant(each.recorded_at) },
                { key: "state", title: field("state"), show: (each) => <State of={each.state} /> },
                { key: "asked", title: t("asking.quotaAsked"), show: (each) => each.quota_asked, isNumber: true },
                { key: "quota", title: t("asking.granted"), show: (each) => each.quota ?? "—", isNumber: true },
                { key: "taken", title: t("asking.takenPlaces"), show: (each) => each.taken, isNumber: true },
                {
                  key: "document",
                  title: field("document_number"),
                  show: (each) => each.decision_document ?? "—",
                },
                { key: "reason", title: field("reason"), show: (each) => each.reason ?? "—" },
              ]}
            />
          )}
        </Loaded>
      </section>
      <Audit of={it.id} />
    </>
  );
}

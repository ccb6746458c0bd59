import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getIncidentOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { confirmIncident, rejectIncident } from "@/api/staff/sdk.gen.ts";
import type { IncidentOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useCategories } from "./Incidents.tsx";
import { allSeatsOptions } from "./seats.ts";

export function Incident({ id }: { id: string }) {
  return <Loaded options={getIncidentOptions({ path: { incident_id: id } })}>{(it) => <Known of={it} />}</Loaded>;
}

/** One incident: reported by one person, and followed by nothing before another has confirmed it. */
function Known({ of }: { of: IncidentOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const nameOf = useCategories();
  const seats = useQuery({
    ...allSeatsOptions(of.sitting_id),
    enabled: may("seats:read") && of.registration_id !== null,
  });
  const candidate = seats.data?.find((it) => it.registration_id === of.registration_id);
  const to = { path: { incident_id: of.id }, throwOnError: true } as const;
  const decision = [{ name: "decision", label: t("days.decision"), type: "long" }] as const;
  return (
    <>
      <PageHead title={nameOf(of.category)} state={<State of={of.state} />} hint={instant(of.occurred_at)}>
        <Deeds
          allowed={of.allowed_deeds}
          deeds={{
            confirm: {
              consequence: t(`days.consequence.${of.consequence}`),
              fields: decision,
              run: (it) => confirmIncident({ ...to, body: { decision: it.decision ?? "" } }),
            },
            reject: {
              label: t("days.reject"),
              consequence: t("days.rejectSays"),
              isDanger: true,
              fields: decision,
              run: (it) => rejectIncident({ ...to, body: { decision: it.decision ?? "" } }),
            },
          }}
        />
        <LinkButton to={`/exam-sittings/${of.sitting_id}?view=incidents`}>{t("days.toSitting")}</LinkButton>
      </PageHead>
      {of.state === "reported" && !of.allowed_deeds.includes("confirm") && (
        <p className="consequence">{t("days.secondPerson")}</p>
      )}
      <section className="panel">
        <p>{of.note}</p>
        <Facts
          facts={[
            [
              t("days.consequenceTitle"),
              `${t(`days.short.${of.consequence}`)}${of.minutes ? ` ${t("days.minutesOf", { minutes: of.minutes })}` : ""}`,
            ],
            [t("days.concerned"), of.concerned],
            [t("days.candidate"), candidate && `${candidate.name}（${candidate.admission_number}）`],
            [t("days.reportedAt"), instant(of.reported_at)],
            [field("decided_at"), instant(of.decided_at)],
            [t("days.decision"), of.decision],
          ]}
        />
      </section>
      <Audit of={of.id} />
    </>
  );
}

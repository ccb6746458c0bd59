import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  findExamIncidentsOptions,
  listIncidentCategoriesOptions,
  listIncidentsOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import type { IncidentCategory, IncidentOut, SittingOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { currentLanguage } from "@/lib/i18n.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { ReportIncident } from "./ReportIncident.tsx";

/** The categories' names as the service gives them. */
export function useCategories(): (code: IncidentCategory) => string {
  const { data } = useQuery({ ...listIncidentCategoriesOptions(), staleTime: 5 * 60_000 });
  return (code) => data?.items.find((it) => it.category === code)?.name[currentLanguage()] ?? code;
}

/** What follows from an incident, with the minutes it gives. */
function useConsequence(): (it: IncidentOut) => string {
  const { t } = useTranslation("staff");
  return (it) =>
    `${t(`days.short.${it.consequence}`)}${it.minutes ? ` ${t("days.minutesOf", { minutes: it.minutes })}` : ""}`;
}

/** What happened in any sitting that one sees; what waits for a second person is asked for by its state. */
export function AllIncidents() {
  const { t } = useTranslation("staff");
  const field = useField();
  const nameOf = useCategories();
  const consequence = useConsequence();
  const states = useOptions(["reported", "confirmed", "rejected"]);
  return (
    <>
      <PageHead title={t("menu.examIncidents")} hint={t("ownSittings.incidentsHint")} />
      <List
        name="exam-incidents"
        label={t("menu.examIncidents")}
        options={(query) => findExamIncidentsOptions({ query })}
        keyOf={(it) => it.id}
        to={(it) => `/exam-incidents/${it.id}`}
        filters={[{ name: "state", label: field("state"), options: states }]}
        columns={[
          { key: "category", title: t("days.category"), show: (it) => nameOf(it.category) },
          { key: "at", title: t("days.occurredAt"), show: (it) => instant(it.occurred_at) },
          { key: "consequence", title: t("days.consequenceTitle"), show: (it) => consequence(it) },
          { key: "concerned", title: t("days.concerned"), show: (it) => it.concerned, isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("days.noIncidents"), hint: t("ownSittings.noIncidentsHint") }}
      />
    </>
  );
}

/** What happened in a sitting, what follows from it, and whether a second person has confirmed it. */
export function Incidents({ id, sitting }: { id: string; sitting?: SittingOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const nameOf = useCategories();
  const consequence = useConsequence();
  const states = useOptions(["reported", "confirmed", "rejected"]);
  const [isReporting, setReporting] = useState(false);
  return (
    <section className="panel">
      <div className="page-head">
        <h2>{t("days.view.incidents")}</h2>
        {may("exam_incidents:report") && !isReporting && (
          <Button type="primary" onClick={() => setReporting(true)}>
            {t("days.report")}
          </Button>
        )}
      </div>
      {isReporting && <ReportIncident id={id} {...(sitting && { sitting })} onClose={() => setReporting(false)} />}
      <List
        name="incidents"
        label={t("days.view.incidents")}
        options={(query) => listIncidentsOptions({ path: { sitting_id: id }, query })}
        keyOf={(it) => it.id}
        to={(it) => `/exam-incidents/${it.id}`}
        filters={[{ name: "state", label: field("state"), options: states }]}
        columns={[
          { key: "category", title: t("days.category"), show: (it) => nameOf(it.category) },
          { key: "at", title: t("days.occurredAt"), show: (it) => instant(it.occurred_at) },
          { key: "consequence", title: t("days.consequenceTitle"), show: (it) => consequence(it) },
          { key: "concerned", title: t("days.concerned"), show: (it) => it.concerned, isNumber: true },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
        ]}
        empty={{ title: t("days.noIncidents"), hint: t("days.noIncidentsHint") }}
      />
    </section>
  );
}

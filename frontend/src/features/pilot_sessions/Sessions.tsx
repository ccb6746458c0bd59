import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { listPilotSessionFiguresOptions, listPilotSessionsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { planPilotSession } from "@/api/staff/sdk.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { FilterBar } from "@/ui/staff/FilterBar.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useColleges, useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { Views, viewIn } from "@/ui/staff/Views.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { sessionIn, useSessionFields } from "./fields.ts";

/** What the colleges do to train their own teachers and students for the pilot. */
export function Sessions() {
  const { t } = useTranslation("staff");
  const may = useMay();
  const [search] = useUrlState();
  const views = [
    ["list", t("sessions.list")],
    ["figures", t("sessions.figures")],
  ] as const;
  const view = viewIn(views, search.view);
  const action = <Deeds allowed={may("pilot_sessions:run") ? ["plan"] : []} deeds={{ plan: usePlanning() }} />;
  return (
    <>
      <PageHead title={t("menu.pilotSessions")} hint={view === "list" ? t("sessions.hint") : t("sessions.figuresHint")}>
        {action}
      </PageHead>
      <Views views={views} now={view} label={t("menu.pilotSessions")} />
      {view === "list" ? <Every action={action} /> : <Figures />}
    </>
  );
}

function usePlanning(): Deed {
  const { t } = useTranslation("staff");
  const field = useField();
  const me = useMe();
  const navigate = useNavigate();
  const every = useColleges();
  const colleges = me.college_ids.length > 0 ? every.filter((it) => me.college_ids.includes(it.value)) : every;
  return {
    label: t("sessions.plan"),
    consequence: t("sessions.planSays"),
    fields: [
      {
        name: "college_id",
        label: field("college"),
        options: colleges,
        ...(colleges.length === 1 && colleges[0] && { initial: colleges[0].value }),
      },
      ...useSessionFields(),
    ],
    run: async (it) => {
      const { data } = await planPilotSession({
        body: { college_id: it.college_id ?? "", ...sessionIn(it) },
        throwOnError: true,
      });
      await navigate({ to: `/pilot-sessions/${data.id}` as never });
    },
  };
}

function Every({ action }: { action: ReactNode }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <List
      name="pilot-sessions"
      label={t("sessions.list")}
      options={(query) => listPilotSessionsOptions({ query })}
      keyOf={(it) => it.id}
      to={(it) => `/pilot-sessions/${it.id}`}
      filters={[
        { name: "state", label: field("state"), options: useOptions(["planned", "held", "cancelled"], "post") },
        { name: "college_id", label: field("college"), options: useColleges() },
        { name: "academic_year", label: field("academic_year") },
      ]}
      columns={[
        { key: "subject", title: t("sessions.subject"), show: (it) => it.subject },
        { key: "college", title: field("college"), show: (it) => it.college_name },
        { key: "on", title: t("sessions.heldOn"), show: (it) => it.held_on },
        { key: "mode", title: t("sessions.mode"), show: (it) => word(it.mode, "post") },
        { key: "audience", title: t("sessions.audience"), show: (it) => word(it.audience, "post") },
        { key: "speaker", title: t("sessions.speaker"), show: (it) => it.speaker },
        { key: "hours", title: t("sessions.hours"), show: (it) => it.hours, isNumber: true },
        { key: "took", title: t("sessions.took"), show: (it) => it.students + it.teachers, isNumber: true },
        { key: "state", title: field("state"), show: (it) => <State of={it.state} as="post" /> },
      ]}
      empty={{ title: t("sessions.none"), hint: t("sessions.noneHint"), action }}
    />
  );
}

/** Each share with what it is of; without anybody there is none. */
function Figures() {
  const { t } = useTranslation("staff");
  const field = useField();
  const [search] = useUrlState();
  const query = search.academic_year ? { academic_year: search.academic_year } : {};
  const share = (percent: string | null, reached: number, of: number) =>
    percent === null ? "—" : `${percent}%（${reached}／${of}）`;
  return (
    <>
      <FilterBar list="pilot-session-figures" filters={[{ name: "academic_year", label: field("academic_year") }]} />
      <Loaded options={listPilotSessionFiguresOptions({ query })}>
        {(rows) => (
          <Grid
            label={t("sessions.figures")}
            rows={rows}
            keyOf={(it) => it.college_id}
            columns={[
              { key: "college", title: field("college"), show: (it) => it.college_name },
              { key: "year", title: t("sessions.year"), show: (it) => it.academic_year },
              { key: "sessions", title: t("sessions.sessions"), show: (it) => it.sessions, isNumber: true },
              { key: "hours", title: t("sessions.hours"), show: (it) => it.hours, isNumber: true },
              { key: "took", title: t("sessions.attendances"), show: (it) => it.attendances, isNumber: true },
              {
                key: "students",
                title: t("sessions.studentShare"),
                show: (it) => share(it.students_percent, it.students_reached, it.students),
                isNumber: true,
              },
              {
                key: "teachers",
                title: t("sessions.teacherShare"),
                show: (it) => share(it.teachers_percent, it.teachers_reached, it.teachers),
                isNumber: true,
              },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getPilotSessionOptions, listPilotSessionParticipantsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import {
  cancelPilotSession,
  changePilotSession,
  getPilotSession,
  holdPilotSession,
  recordPilotSessionParticipants,
  removePilotSessionParticipants,
} from "@/api/staff/sdk.gen.ts";
import type { PilotSessionOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Audit } from "@/ui/staff/Audit.tsx";
import { Checks, ticked } from "@/ui/staff/Checks.tsx";
import { type Deed, Deeds } from "@/ui/staff/Deeds.tsx";
import { EditButton } from "@/ui/staff/EditButton.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { ForChosen } from "@/ui/staff/ForChosen.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useProgrammes, useTeachers } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { sessionIn, useSessionFields } from "./fields.ts";

export function Session({ id }: { id: string }) {
  return (
    <Loaded options={getPilotSessionOptions({ path: { session_id: id } })}>{(it) => <Known session={it} />}</Loaded>
  );
}

/** One session: what it is, and who took part. */
function Known({ session: it }: { session: PilotSessionOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const fields = useSessionFields();
  const to = { path: { session_id: it.id }, throwOnError: true } as const;
  return (
    <>
      <PageHead
        title={it.subject}
        state={<State of={it.state} as="post" />}
        hint={`${it.college_name} · ${it.held_on}`}
      >
        <Deeds allowed={it.allowed_deeds} deeds={useSessionDeeds(it)} />
        {it.allowed_deeds.includes("change") && (
          <EditButton
            it={it}
            fields={fields}
            valuesOf={(shown) => ({
              subject: shown.subject,
              held_on: shown.held_on,
              mode: shown.mode,
              place: shown.place ?? "",
              audience: shown.audience,
              speaker: shown.speaker,
              hours: String(shown.hours),
              summary: shown.summary ?? "",
              materials: shown.materials.map((each) => `${each.title} ${each.url}`).join("\n"),
            })}
            read={async () => (await getPilotSession(to)).data}
            change={(values, shown) => changePilotSession({ ...to, headers: ifMatch(shown), body: sessionIn(values) })}
          />
        )}
      </PageHead>
      <section className="panel">
        <Facts
          facts={[
            [t("sessions.mode"), word(it.mode, "post")],
            [t("sessions.place"), it.place],
            [t("sessions.audience"), word(it.audience, "post")],
            [t("sessions.speaker"), it.speaker],
            [t("sessions.hours"), it.hours],
            [t("sessions.students"), it.students],
            [t("sessions.teachers"), it.teachers],
            [field("reason"), it.cancel_reason],
          ]}
        />
        {it.summary && <p>{it.summary}</p>}
        {it.materials.length > 0 && <h2>{t("sessions.materials")}</h2>}
        <ul>
          {it.materials.map((each) => (
            <li key={each.url}>
              <a href={each.url} rel="noreferrer" target="_blank">
                {each.title}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <h2>{t("sessions.participants")}</h2>
      <Participants session={it} />
      <Audit of={it.id} />
    </>
  );
}

function useSessionDeeds(it: PilotSessionOut): Record<string, Deed> {
  const { t } = useTranslation("staff");
  const field = useField();
  const programmes = useProgrammes();
  const teachers = useTeachers(it.college_id);
  const to = { path: { session_id: it.id }, throwOnError: true } as const;
  return {
    record: {
      label: t("sessions.record"),
      consequence: t("sessions.recordSays"),
      fields: [
        ...(it.audience === "teachers"
          ? []
          : [
              { name: "programme_id", label: t("sessions.programme"), options: programmes, isOptional: true },
              {
                name: "class_name",
                label: t("sessions.className"),
                isOptional: true,
                hint: t("sessions.classHint"),
              },
              {
                name: "entry_year",
                label: t("sessions.entryYear"),
                type: "number" as const,
                isOptional: true,
              },
            ]),
        ...(it.audience === "students"
          ? []
          : [{ name: "all_teachers", label: t("sessions.allTeachers"), type: "check" as const }]),
      ],
      extra:
        it.audience === "students" ? null : (
          <Checks label={t("sessions.someTeachers")} name="teacher" choices={teachers} />
        ),
      run: (values) => {
        const programme_id = values.programme_id ?? "";
        const isClass = Boolean(programme_id && values.class_name);
        return recordPilotSessionParticipants({
          ...to,
          body: {
            student_ids: [],
            teacher_ids: ticked(values, "teacher"),
            classes: isClass
              ? [{ programme_id, class_name: values.class_name ?? "", entry_year: Number(values.entry_year) }]
              : [],
            programme_ids: programme_id && !isClass ? [programme_id] : [],
            all_teachers: values.all_teachers === "on",
          },
        });
      },
    },
    hold: { label: t("sessions.hold"), consequence: t("sessions.holdSays"), run: () => holdPilotSession(to) },
    cancel: {
      label: t("sessions.cancel"),
      consequence: t("sessions.cancelSays"),
      isDanger: true,
      fields: [{ name: "reason", label: field("reason"), type: "long" }],
      run: (values) => cancelPilotSession({ ...to, body: { reason: values.reason ?? "" } }),
    },
  };
}

function Participants({ session: it }: { session: PilotSessionOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const canChange = it.allowed_deeds.includes("record");
  const choose = (key: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  return (
    <>
      {chosen.size > 0 && (
        <ForChosen count={chosen.size}>
          <Deeds
            allowed={["remove"]}
            deeds={{
              remove: {
                label: t("sessions.remove"),
                consequence: t("sessions.removeSays", { count: chosen.size }),
                isDanger: true,
                run: async () => {
                  await removePilotSessionParticipants({
                    path: { session_id: it.id },
                    body: { participant_ids: [...chosen] },
                    throwOnError: true,
                  });
                  setChosen(new Set());
                },
              },
            }}
          />
        </ForChosen>
      )}
      <List
        name="pilot-session-participants"
        label={t("sessions.participants")}
        options={(query) => listPilotSessionParticipantsOptions({ path: { session_id: it.id }, query })}
        keyOf={(each) => each.id}
        choice={canChange ? { chosen, onChoose: choose } : undefined}
        columns={[
          { key: "number", title: t("sessions.number"), show: (each) => each.number },
          { key: "name", title: field("person"), show: (each) => each.name },
          { key: "unit", title: t("sessions.unit"), show: (each) => each.unit },
        ]}
        empty={{ title: t("sessions.noParticipants"), hint: t("sessions.noParticipantsHint") }}
      />
    </>
  );
}

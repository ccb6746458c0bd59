import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { getAttendanceFiguresOptions, listAttendancesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { settleAttendance } from "@/api/staff/sdk.gen.ts";
import type { AttendanceFiguresOut, AttendanceOut, Claim } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant, share } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { type Column, Grid } from "@/ui/staff/Grid.tsx";
import { type Asked, List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

const OFTEN_MS = 5000;
const STATES = ["present", "absent", "disputed"] as const;
const FIGURES = ["seated", "present", "absent", "disputed", "unrecorded"] as const;

/** Who is there, as the devices tell it: figures that follow by themselves, and what a person has to settle. */
export function Attendance({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const path = { sitting_id: id };
  const { data, error } = useQuery({ ...getAttendanceFiguresOptions({ path }), refetchInterval: OFTEN_MS });
  if (error && !data) return <ProblemNote error={error} />;
  if (!data) return <Waiting />;
  return (
    <>
      <section className="panel" aria-live="polite">
        <h2>{t("exams.attendance")}</h2>
        <p className="muted">{t("days.live", { devices: data.devices })}</p>
        <Tiles of={data} />
        <Rooms of={data} />
      </section>
      <section className="panel">
        <h2>{t("days.recorded")}</h2>
        <Recorded id={id} figures={data} />
      </section>
    </>
  );
}

function Tiles({ of }: { of: AttendanceFiguresOut }) {
  const { t } = useTranslation("staff");
  return (
    <div className="tiles">
      {FIGURES.map((name) => (
        <div key={name} className={of[name] > 0 ? "tile" : "tile calm"}>
          <strong>{of[name]}</strong>
          <span>{t(`days.figure.${name}`)}</span>
        </div>
      ))}
      <div className="tile">
        <strong>{share(of.present, of.seated)}</strong>
        <span>{t("days.rate")}</span>
      </div>
    </div>
  );
}

function Rooms({ of }: { of: AttendanceFiguresOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <Grid
      label={t("days.byRoom")}
      rows={of.rooms}
      keyOf={(it) => it.room_id}
      columns={[
        { key: "room", title: field("room"), show: (it) => it.code },
        ...FIGURES.map((name) => ({
          key: name,
          title: t(`days.figure.${name}`),
          show: (it: AttendanceFiguresOut["rooms"][number]) => it[name],
          isNumber: true,
        })),
      ]}
    />
  );
}

function Recorded({ id, figures }: { id: string; figures: AttendanceFiguresOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay()("attendance:settle");
  const states = useOptions(STATES);
  const deeds: Column<AttendanceOut>[] = may
    ? [{ key: "deeds", title: field("deeds"), show: (it) => <Settle id={id} of={it} /> }]
    : [];
  const columns: Column<AttendanceOut>[] = [
    { key: "name", title: field("person"), show: (it) => it.name },
    { key: "number", title: field("admission_number"), show: (it) => it.admission_number },
    { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
    {
      key: "seen",
      title: t("days.seenAt"),
      show: (it) => `${instant(it.seen_at)}${it.is_late ? ` · ${t("days.late")}` : ""}`,
    },
    {
      key: "conflicts",
      title: t("days.conflicts"),
      show: (it) => it.conflicts.map((code) => word(code)).join("、") || "—",
    },
    { key: "reason", title: field("reason"), show: (it) => it.reason ?? "—" },
    ...deeds,
  ];
  return (
    <List
      // What changes in the figures changes the rows too.
      key={`${figures.present}-${figures.absent}-${figures.disputed}`}
      name="attendances"
      label={t("days.recorded")}
      options={(query: Asked) => listAttendancesOptions({ path: { sitting_id: id }, query })}
      keyOf={(it) => it.registration_id}
      filters={[{ name: "state", label: field("state"), options: states }]}
      columns={columns}
      empty={{ title: t("days.noAttendances"), hint: t("days.noAttendancesHint") }}
    />
  );
}

function Settle({ id, of }: { id: string; of: AttendanceOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const claims = useOptions(["present", "absent"]);
  return (
    <Deeds
      allowed={["settle"]}
      deeds={{
        settle: {
          label: t("days.settle"),
          consequence: t("days.settleSays", { name: of.name }),
          fields: [
            { name: "state", label: t("days.finding"), options: claims },
            { name: "reason", label: field("reason"), type: "long" },
          ],
          run: (it) =>
            settleAttendance({
              path: { sitting_id: id, registration_id: of.registration_id },
              body: { state: it.state as Claim, reason: it.reason ?? "" },
              throwOnError: true,
            }),
        },
      }}
    />
  );
}

import { Button } from "antd";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CheckInListOut, Claim, ListedCandidateOut } from "@/api/staff/types.gen.ts";
import { problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { newId } from "./ids.ts";
import { Roster } from "./Roster.tsx";
import type { Sending } from "./sending.ts";
import { ToldNote } from "./ToldNote.tsx";

const TICKET = "XP.";

interface Props {
  list: CheckInListOut;
  sending: Sending;
}

/** At the door of one room: a number is typed or a ticket's code read, the person is shown, and one key records it. */
export function Door({ list, sending }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const rooms = [...new Map(list.candidates.map((it) => [it.room_id, it.room_code]))];
  const [room, setRoom] = useState(rooms[0]?.[0] ?? "");
  const [found, setFound] = useState<ListedCandidateOut | null>(null);
  const [unknown, setUnknown] = useState("");
  const entry = useRef<HTMLInputElement>(null);
  const record = (claim: Claim, who: { registration_id: string } | { ticket: string }): void => {
    const check_in = { nonce: newId(), claim, room_id: room, seen_at: new Date().toISOString(), ...who };
    sending.record({ device_id: list.device_id, check_in });
    setFound(null);
    entry.current?.focus();
  };
  const look = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = entry.current?.value.trim() ?? "";
    if (entry.current) entry.current.value = "";
    if (text.startsWith(TICKET)) {
      record("present", { ticket: text });
      return;
    }
    const candidate = list.candidates.find((it) => it.admission_number === text) ?? null;
    setFound(candidate);
    setUnknown(candidate ? "" : text);
  };
  const isOffline = sending.error !== null && problemOf(sending.error).status === 0;
  return (
    <>
      <p className={sending.waiting.length > 0 ? "consequence" : "muted"} role="status">
        {isOffline
          ? t("days.offline", { count: sending.waiting.length })
          : t("days.sent", { waiting: sending.waiting.length, told: sending.told.length })}{" "}
        {sending.waiting.length > 0 && <Button onClick={sending.send}>{t("days.sendNow")}</Button>}
      </p>
      {sending.error !== null && !isOffline && <ProblemNote error={sending.error} />}
      <div className="both">
        <Labelled label={t("days.atRoom")}>
          <select value={room} onChange={(event) => setRoom(event.target.value)}>
            <Options empty={null} of={rooms.map(([value, label]) => ({ value, label }))} />
          </select>
        </Labelled>
        <form onSubmit={look}>
          <Labelled label={t("days.numberOrTicket")} hint={t("days.numberHint")}>
            <input ref={entry} name="number" autoComplete="off" />
          </Labelled>
        </form>
      </div>
      {unknown && (
        <p className="problem" role="alert">
          {t("days.notOnList", { number: unknown })}
        </p>
      )}
      {found && (
        <section className="found" aria-label={found.name}>
          <h3>{found.name}</h3>
          <p>
            {found.admission_number} · {found.masked_document_number} ·{" "}
            {t("days.placeOf", { room: found.room_code, seat: found.number })}
          </p>
          {found.room_id !== room && <p className="consequence">{t("days.otherRoom", { room: found.room_code })}</p>}
          <p className="page-deeds">
            <Button
              autoFocus
              type="primary"
              onClick={() => record("present", { registration_id: found.registration_id })}
            >
              {t("days.present")}
            </Button>
            <Button onClick={() => record("absent", { registration_id: found.registration_id })}>
              {t("days.absent")}
            </Button>
          </p>
        </section>
      )}
      <ToldNote told={sending.told} list={list} />
      <h3>{t("days.roster", { room: rooms.find(([it]) => it === room)?.[1] ?? field("room") })}</h3>
      <Roster
        candidates={list.candidates.filter((it) => it.room_id === room)}
        sittingId={list.sitting_id}
        sending={sending}
        onRecord={(claim, { registration_id }) => record(claim, { registration_id })}
      />
    </>
  );
}

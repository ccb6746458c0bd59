import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listOrganisationsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { offerAssessmentSite } from "@/api/staff/sdk.gen.ts";
import type { RoomIn, RoomKind } from "@/api/staff/types.gen.ts";
import { useMe } from "@/auth/me.ts";
import { faultsByField, problemOf } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Labelled, Options } from "@/ui/staff/Labelled.tsx";
import { useColleges } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { LevelRows, type LevelWish } from "./LevelRows.tsx";
import { KINDS } from "./SiteRooms.tsx";

const ROOM: RoomIn = { code: "", name: "", kind: "computer", seats: 30, computers: 30, is_open: true };

/** A college offers a place to an organisation: its rooms, and the levels it wants to examine there. */
export function NewSite() {
  const { t } = useTranslation("staff");
  const field = useField();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const me = useMe();
  const every = useColleges();
  const colleges = me.college_ids.length > 0 ? every.filter((it) => me.college_ids.includes(it.value)) : every;
  const organisations = useQuery(listOrganisationsOptions({ query: { page_size: 100 } }));
  const [organisation, setOrganisation] = useState("");
  const [rooms, setRooms] = useState<RoomIn[]>([ROOM]);
  const [levels, setLevels] = useState<LevelWish[]>([]);
  const [error, setError] = useState<unknown>(null);
  const faults = error ? faultsByField(problemOf(error)) : {};
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "");
    try {
      const { data } = await offerAssessmentSite({
        body: {
          organisation_id: organisation,
          college_id: text("college_id"),
          code: text("code"),
          name: text("name"),
          address: text("address"),
          is_shared: given.get("is_shared") === "on",
          rooms,
          levels,
        },
        throwOnError: true,
      });
      await queryClient.invalidateQueries();
      await navigate({ to: `/sites/${data.id}` as never });
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <>
      <PageHead title={t("places.offer")} hint={t("places.offerHint")} />
      <form className="panel" onSubmit={(event) => void save(event)}>
        <div className="both">
          <Labelled label={field("organisation")} fault={faults.organisation_id}>
            <select
              required
              value={organisation}
              onChange={(event) => {
                setOrganisation(event.target.value);
                setLevels([]);
              }}
            >
              <Options of={(organisations.data?.items ?? []).map((it) => ({ value: it.id, label: it.name }))} />
            </select>
          </Labelled>
          <Labelled label={field("college")} fault={faults.college_id}>
            <select name="college_id" required>
              <Options of={colleges} />
            </select>
          </Labelled>
          <Labelled label={field("name")} fault={faults.name}>
            <input name="name" required />
          </Labelled>
          <Labelled label={field("code")} fault={faults.code}>
            <input name="code" required />
          </Labelled>
          <Labelled label={field("address")} fault={faults.address}>
            <input name="address" required />
          </Labelled>
          <label className="check">
            <input type="checkbox" name="is_shared" /> {t("places.shared")}
          </label>
        </div>
        <RoomRows rooms={rooms} onChange={setRooms} />
        <LevelRows organisation={organisation} levels={levels} onChange={setLevels} />
        {error !== null && <ProblemNote error={error} />}
        <Button type="primary" htmlType="submit" disabled={rooms.length === 0}>
          {t("places.send")}
        </Button>
      </form>
    </>
  );
}

function RoomRows({ rooms, onChange }: { rooms: readonly RoomIn[]; onChange: (rooms: RoomIn[]) => void }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const kinds = KINDS.map((value) => ({ value, label: t(`places.kind.${value}`) }));
  const put = (index: number, change: Partial<RoomIn>): void =>
    onChange(rooms.map((it, at) => (at === index ? { ...it, ...change } : it)));
  return (
    <fieldset className="rows">
      <legend>{t("sites.rooms")}</legend>
      <p className="muted">{t("places.kindHint")}</p>
      {rooms.map((room, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own before they are filled in
        <div className="row" key={`room-${index + 1}`}>
          <label className="filter">
            <span>{field("code")}</span>
            <input required value={room.code} onChange={(event) => put(index, { code: event.target.value })} />
          </label>
          <label className="filter">
            <span>{field("name")}</span>
            <input required value={room.name} onChange={(event) => put(index, { name: event.target.value })} />
          </label>
          <label className="filter">
            <span>{field("kind")}</span>
            <select value={room.kind} onChange={(event) => put(index, { kind: event.target.value as RoomKind })}>
              <Options of={kinds} empty={null} />
            </select>
          </label>
          {(["seats", "computers"] as const).map((name) => (
            <label className="filter" key={name}>
              <span>{name === "seats" ? field("seats") : t("places.computers")}</span>
              <input
                type="number"
                min={name === "seats" ? 1 : 0}
                required
                value={room[name] ?? 0}
                onChange={(event) => put(index, { [name]: Number(event.target.value) })}
              />
            </label>
          ))}
          <Button onClick={() => onChange(rooms.filter((_, at) => at !== index))}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button onClick={() => onChange([...rooms, ROOM])}>{t("places.addRoom")}</Button>
    </fieldset>
  );
}

import { useTranslation } from "react-i18next";
import { addRoom, changeRoom, getAssessmentSite } from "@/api/staff/sdk.gen.ts";
import type { RoomIn, RoomKind, RoomOut, SiteOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { Change } from "@/ui/staff/Change.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import type { Field, Values } from "@/ui/staff/FormDialog.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { State } from "@/ui/staff/State.tsx";

export const KINDS = ["ordinary", "computer", "practical"] as const satisfies readonly RoomKind[];

/** The rooms of a site with their seats and equipment. */
export function SiteRooms({ site }: { site: SiteOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const fields = useRoomFields();
  const path = { site_id: site.id };
  // Who may add a room may change one; the service says so by one deed.
  const mayChange = site.allowed_deeds.includes("add_room");
  return (
    <section className="panel">
      <div className="page-head">
        <h2>{t("sites.rooms")}</h2>
        <div className="page-deeds">
          <Deeds
            allowed={site.allowed_deeds}
            deeds={{
              add_room: {
                label: t("places.addRoom"),
                consequence: t("places.addRoomSays"),
                fields: fields(),
                run: (it) => addRoom({ path, body: roomOf(it), throwOnError: true }),
              },
            }}
          />
        </div>
      </div>
      <Grid
        label={t("sites.rooms")}
        rows={site.rooms}
        keyOf={(it) => it.id}
        columns={[
          { key: "code", title: field("code"), show: (it) => it.code },
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "kind", title: field("kind"), show: (it) => t(`places.kind.${it.kind}`) },
          { key: "seats", title: field("seats"), show: (it) => it.seats, isNumber: true },
          { key: "computers", title: t("places.computers"), show: (it) => it.computers, isNumber: true },
          { key: "equipment", title: t("places.equipment"), show: (it) => it.equipment ?? "—" },
          { key: "open", title: field("state"), show: (it) => <State of={it.is_open ? "in_use" : "out_of_use"} /> },
          ...(mayChange
            ? [
                {
                  key: "deeds",
                  title: field("deeds"),
                  show: (it: RoomOut) => (
                    <Change
                      shown={{ site, room: it }}
                      consequence={t("places.changeRoomSays")}
                      fields={({ room }) => fields(room)}
                      run={(shown, values) =>
                        changeRoom({
                          path: { ...path, room_id: it.id },
                          headers: ifMatch(shown.site),
                          body: roomOf(values),
                          throwOnError: true,
                        })
                      }
                      read={async () => {
                        const { data } = await getAssessmentSite({ path, throwOnError: true });
                        return { site: data, room: data.rooms.find((each) => each.id === it.id) ?? it };
                      }}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}

function useRoomFields(): (room?: RoomOut) => Field[] {
  const { t } = useTranslation("staff");
  const field = useField();
  const kinds = KINDS.map((value) => ({ value, label: t(`places.kind.${value}`) }));
  return (room) => [
    { name: "code", label: field("code"), initial: room?.code ?? "" },
    { name: "name", label: field("name"), initial: room?.name ?? "" },
    {
      name: "kind",
      label: field("kind"),
      options: kinds,
      initial: room?.kind ?? "computer",
      hint: t("places.kindHint"),
    },
    { name: "seats", label: field("seats"), type: "number", initial: room ? String(room.seats) : "" },
    { name: "computers", label: t("places.computers"), type: "number", initial: String(room?.computers ?? 0) },
    { name: "equipment", label: t("places.equipment"), type: "long", isOptional: true, initial: room?.equipment ?? "" },
    { name: "is_open", label: t("places.roomOpen"), type: "check", initial: (room?.is_open ?? true) ? "on" : "" },
  ];
}

function roomOf(it: Values): RoomIn {
  return {
    code: it.code ?? "",
    name: it.name ?? "",
    kind: it.kind as RoomKind,
    seats: Number(it.seats),
    computers: Number(it.computers || 0),
    equipment: it.equipment || null,
    is_open: it.is_open === "on",
  };
}

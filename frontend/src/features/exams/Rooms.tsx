import { useTranslation } from "react-i18next";
import type { RoomOut, SittingRoomIn } from "@/api/staff/types.gen.ts";

interface Props {
  rooms: readonly RoomOut[];
  chosen: readonly SittingRoomIn[];
  capacity: number | undefined;
  onChange: (rooms: SittingRoomIn[]) => void;
}

/** The rooms of a site that a sitting takes, and how many seats of each. */
export function Rooms({ rooms, chosen, capacity, onChange }: Props) {
  const { t } = useTranslation("staff");
  const sum = chosen.reduce((seats, it) => seats + it.seats, 0);
  const take = (room: RoomOut, isTaken: boolean): void =>
    onChange(
      isTaken ? [...chosen, { room_id: room.id, seats: room.seats }] : chosen.filter((it) => it.room_id !== room.id),
    );
  const seat = (room: RoomOut, seats: number): void =>
    onChange(chosen.map((it) => (it.room_id === room.id ? { ...it, seats } : it)));
  return (
    <fieldset className="rows">
      <legend>{t("planning.rooms")}</legend>
      {rooms.length === 0 && <p className="muted">{t("planning.siteFirst")}</p>}
      {rooms.map((room) => {
        const taken = chosen.find((it) => it.room_id === room.id);
        return (
          <div key={room.id} className="row">
            <label className="check">
              <input
                type="checkbox"
                checked={taken !== undefined}
                disabled={!room.is_open}
                onChange={(event) => take(room, event.target.checked)}
              />
              {room.name}（{room.code}，{t(`places.kind.${room.kind}`)}
              {!room.is_open && `，${t("planning.roomClosed")}`}）
            </label>
            {taken && (
              <label className="filter">
                <span>{t("planning.seatsUsed", { seats: room.seats })}</span>
                <input
                  type="number"
                  min={1}
                  max={room.seats}
                  required
                  value={taken.seats || ""}
                  onChange={(event) => seat(room, Number(event.target.value))}
                />
              </label>
            )}
          </div>
        );
      })}
      {chosen.length > 0 && <p>{t("planning.seatsSum", { sum, capacity: capacity ?? "—" })}</p>}
    </fieldset>
  );
}

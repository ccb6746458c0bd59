import { useTranslation } from "react-i18next";
import type { ExamSeatOut, SeatedRoomOut } from "@/api/staff/types.gen.ts";
import { letterOf } from "./seats.ts";

const MARKS = 8;

/** How a college is told apart: by a colour, by a pattern, and by a letter for who sees neither. */
export function markOf(place: number): string {
  return `mark mark-${place % MARKS}`;
}

interface Props {
  room: SeatedRoomOut;
  seats: readonly ExamSeatOut[];
  colleges: readonly string[];
}

/** One room as it is set: rows from the front, each seat with its number, who sits there and their college's mark. */
export function RoomPlan({ room, seats, colleges }: Props) {
  const { t } = useTranslation("staff");
  const byNumber = new Map(seats.map((it) => [it.number, it]));
  const most = Math.max(room.seats, ...byNumber.keys());
  const columns = most > 60 ? 10 : most > 30 ? 8 : 6;
  const numbers = Array.from({ length: most }, (_, index) => index + 1);
  return (
    <section className="room" aria-label={t("days.roomPlan", { room: room.name })}>
      <h3>
        {room.name}（{room.code}）
        <span className="muted">{t("days.taken", { taken: room.taken, seats: room.seats })}</span>
      </h3>
      <p className="front">{t("days.front")}</p>
      <ol className="seats" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {numbers.map((number) => (
          <Seat key={number} number={number} seat={byNumber.get(number)} colleges={colleges} />
        ))}
      </ol>
    </section>
  );
}

function Seat({
  number,
  seat,
  colleges,
}: {
  number: number;
  seat: ExamSeatOut | undefined;
  colleges: readonly string[];
}) {
  const { t } = useTranslation("staff");
  if (!seat) {
    return (
      <li className="seat free">
        <b>{number}</b> <span>{t("days.free")}</span>
      </li>
    );
  }
  const place = colleges.indexOf(seat.college_name);
  return (
    <li className="seat" title={`${seat.name} · ${seat.college_name} · ${seat.class_name ?? t("planning.social")}`}>
      <span className={markOf(place)} aria-hidden="true">
        <b>{letterOf(place)}</b>
      </span>
      <b>{number}</b> <span className="who">{seat.name}</span>
      <span className="visually-hidden">{seat.college_name}</span>
    </li>
  );
}

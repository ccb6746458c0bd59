import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { getSeatingOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { arrangeSeats, printPapers, rearrangeSeats } from "@/api/staff/sdk.gen.ts";
import type { RoomFilling, SeatingOrder, SeatingOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { ifMatch } from "@/lib/http.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { Facts } from "@/ui/staff/Facts.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { State } from "@/ui/staff/State.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { MovePreview } from "./MovePreview.tsx";
import { Papers } from "./Papers.tsx";
import { markOf, RoomPlan } from "./RoomPlan.tsx";
import { SeatTable } from "./SeatTable.tsx";
import { allSeatsOptions, collegesIn, letterOf } from "./seats.ts";

const ORDERS = ["mixed", "by_class", "by_admission_number"] as const satisfies readonly SeatingOrder[];
const FILLINGS = ["one_after_another", "evenly"] as const satisfies readonly RoomFilling[];

/** Who sits where: arranged, arranged anew, printed, drawn and as a table. */
export function Seating({ id }: { id: string }) {
  return (
    <Loaded options={getSeatingOptions({ path: { sitting_id: id } })}>{(it) => <Known id={id} seating={it} />}</Loaded>
  );
}

function Known({ id, seating }: { id: string; seating: SeatingOut }) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const [search, change] = useUrlState();
  const path = { sitting_id: id };
  const to = { path, headers: ifMatch(seating), throwOnError: true } as const;
  return (
    <>
      <section className="panel">
        <div className="page-head">
          <h2>
            {t("exams.seating")} <State of={`seating_${seating.state}`} />
          </h2>
          <div className="page-deeds">
            <Deeds
              allowed={seating.allowed_deeds}
              deeds={{
                arrange: {
                  consequence: t("days.arrangeSays", { candidates: seating.candidates }),
                  fields: [
                    {
                      name: "order",
                      label: t("days.order"),
                      options: useOptions(ORDERS),
                      initial: seating.seating_order ?? "mixed",
                      hint: t("days.orderHint"),
                    },
                    {
                      name: "filling",
                      label: t("days.filling"),
                      options: useOptions(FILLINGS),
                      initial: seating.room_filling ?? "one_after_another",
                    },
                  ],
                  run: (it) =>
                    arrangeSeats({
                      ...to,
                      body: { seating_order: it.order as SeatingOrder, room_filling: it.filling as RoomFilling },
                    }),
                },
                rearrange: {
                  consequence: <MovePreview id={id} seating={seating} />,
                  run: () => rearrangeSeats(to),
                },
                print: {
                  consequence: t("days.printSays"),
                  run: async () => {
                    const { data } = await printPapers({ path, throwOnError: true });
                    change({ papers: data.id });
                  },
                },
              }}
            />
          </div>
        </div>
        <Facts
          facts={[
            [t("days.candidates"), seating.candidates],
            [t("days.unseated"), seating.unseated],
            [t("days.stale"), seating.stale],
            [t("days.order"), word(seating.seating_order)],
            [t("days.filling"), word(seating.room_filling)],
            [t("days.arrangedAt"), instant(seating.arranged_at)],
            [t("days.printedAt"), instant(seating.printed_at)],
          ]}
        />
      </section>
      {search.papers && <Papers id={search.papers} />}
      {seating.revision === 0 ? (
        <Empty title={t("exams.noSeats")} hint={t("days.noSeatsHint")} />
      ) : (
        <Seats id={id} seating={seating} />
      )}
    </>
  );
}

function Seats({ id, seating }: { id: string; seating: SeatingOut }) {
  const { t } = useTranslation("staff");
  const [search, change] = useUrlState();
  const isTable = search.as === "table";
  const { data } = useQuery({ ...allSeatsOptions(id), enabled: !isTable });
  const colleges = collegesIn(data ?? []);
  return (
    <section className="panel">
      <div className="page-head">
        <h2>{t("days.whoSitsWhere")}</h2>
        <div className="page-deeds">
          <Button
            aria-pressed={!isTable}
            type={isTable ? "default" : "primary"}
            onClick={() => change({ as: undefined })}
          >
            {t("days.drawn")}
          </Button>
          <Button aria-pressed={isTable} type={isTable ? "primary" : "default"} onClick={() => change({ as: "table" })}>
            {t("days.table")}
          </Button>
        </div>
      </div>
      {isTable ? (
        <SeatTable id={id} />
      ) : (
        <>
          <ul className="legend" aria-label={t("days.legend")}>
            {colleges.map((college, place) => (
              <li key={college.name}>
                <span className={markOf(place)}>
                  <b>{letterOf(place)}</b>
                </span>{" "}
                {college.name}（{college.count}）
              </li>
            ))}
          </ul>
          <div className="rooms">
            {seating.rooms.map((room) => (
              <RoomPlan
                key={room.room_id}
                room={room}
                seats={(data ?? []).filter((it) => it.room_id === room.room_id)}
                colleges={colleges.map((it) => it.name)}
              />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

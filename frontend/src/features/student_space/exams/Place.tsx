import { useTranslation } from "react-i18next";
import type { OwnRegistrationOut } from "@/api/light/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { save } from "@/lib/http.ts";
import { Facts } from "../kit/Facts.tsx";
import { Section } from "../kit/Screen.tsx";
import { useWord } from "../kit/words.ts";

/** When and where the exam is, and a file that puts it into the phone's calendar. */
export function Place({ own }: { own: OwnRegistrationOut }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const { sitting } = own;
  if (!sitting) return null;
  const title = `${own.certificate_name} · ${word("level", own.level)}`;
  const at = [sitting.room, sitting.seat && t("place.seatIs", { seat: sitting.seat })].filter(Boolean).join(" ");
  const put = async (): Promise<void> => {
    const { calendarOf } = await import("./calendar.ts");
    const notes = [own.exam_name, at, own.admission_number && `${t("exams.admission")} ${own.admission_number}`];
    const entry = {
      id: own.id,
      title,
      place: `${sitting.site_name} ${sitting.address}`,
      notes: [...notes, t("exams.ticketHint")].filter(Boolean).join("\n"),
      startsAt: sitting.starts_at,
      endsAt: sitting.ends_at,
      reminder: title,
    };
    save(new Blob([calendarOf(entry, Date.now())], { type: "text/calendar;charset=utf-8" }), "exam.ics");
  };
  return (
    <Section title={t("place.title")}>
      <div className="card">
        <Facts
          rows={[
            [t("place.when"), `${instant(sitting.starts_at)} – ${instant(sitting.ends_at).slice(11)}`],
            [t("place.site"), sitting.site_name],
            [t("place.address"), sitting.address],
            [t("place.room"), sitting.room],
            [t("place.seat"), sitting.seat],
          ]}
        />
        {!sitting.room && <p className="muted">{t("place.seatLater")}</p>}
        <button type="button" className="button plain wide" onClick={() => void put()}>
          {t("place.calendar")}
        </button>
      </div>
    </Section>
  );
}

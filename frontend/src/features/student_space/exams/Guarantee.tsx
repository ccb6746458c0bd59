import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { instant } from "@/lib/format.ts";
import * as asks from "../kit/ask.ts";
import { Section } from "../kit/Screen.tsx";
import { Tag, type Tone } from "../kit/Tag.tsx";
import { useWord } from "../kit/words.ts";

const TONES: Record<string, Tone> = { available: "good", reserved: "wait", forfeited: "bad" };

/** The one attempt that the college guarantees, and what became of it; nothing while none was granted. */
export function Guarantee() {
  const { t } = useTranslation("student");
  const word = useWord();
  const found = useQuery(asks.guarantee()).data;
  if (!found) return null;
  return (
    <Section title={t("guarantee.title")}>
      <div className="card">
        <Tag tone={TONES[found.state] ?? "plain"}>{word("guaranteeState", found.state)}</Tag>
        <p>{t("guarantee.says")}</p>
        {found.absences > 0 && <p>{t("guarantee.absences", { count: found.absences })}</p>}
        {found.events.length > 0 && (
          <details>
            <summary>{t("guarantee.events")}</summary>
            <ul className="plain-list">
              {found.events.map((event) => (
                <li key={event.number} className="num">
                  {instant(event.recorded_at)} · {word("guaranteeDeed", event.deed)}
                  {event.reason && ` · ${event.reason}`}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Section>
  );
}

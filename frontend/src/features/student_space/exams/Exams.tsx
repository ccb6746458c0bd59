import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OwnRegistrationOut, OwnResultOut } from "@/api/light/types.gen.ts";
import { daysUntil } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import * as asks from "../kit/ask.ts";
import { Row } from "../kit/Row.tsx";
import { resultWord } from "../kit/resultWord.ts";
import { Screen, Section } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";
import { registrationTone, resultTone } from "../kit/tones.ts";
import { useWord } from "../kit/words.ts";
import { Guarantee } from "./Guarantee.tsx";

/** Registrations and results in one place: what is to come first, then what is over. */
export function Exams() {
  const { t } = useTranslation("student");
  const registrations = useSuspenseQuery(asks.registrations()).data.items;
  const results = useSuspenseQuery(asks.results()).data.items;
  const coming = registrations.filter((it) => daysUntil(it.exam_on) >= 0);
  const past = registrations.filter((it) => daysUntil(it.exam_on) < 0);
  return (
    <Screen title={t("exams.title")}>
      <Link to="/m/register" className="button wide">
        {t("exams.register")}
      </Link>
      {registrations.length === 0 && <Empty title={t("exams.empty")} hint={t("exams.emptyHint")} />}
      {coming.length > 0 && <Registrations title={t("exams.coming")} items={coming} />}
      {results.length > 0 && <Results items={results} />}
      {past.length > 0 && <Registrations title={t("exams.past")} items={past} />}
      <Guarantee />
    </Screen>
  );
}

function Registrations({ title, items }: { title: string; items: OwnRegistrationOut[] }) {
  const word = useWord();
  return (
    <Section title={title}>
      <ul className="rows card-rows">
        {items.map((it) => (
          <Row
            key={it.id}
            to="/m/exams/$registrationId"
            params={{ registrationId: it.id }}
            title={`${it.certificate_name} · ${word("level", it.level)}`}
            note={<span className="num">{it.exam_on}</span>}
            end={<Tag tone={registrationTone(it.state)}>{word("registrationState", it.state)}</Tag>}
          />
        ))}
      </ul>
    </Section>
  );
}

function Results({ items }: { items: OwnResultOut[] }) {
  const { t } = useTranslation("student");
  const word = useWord();
  return (
    <Section title={t("exams.results")}>
      <ul className="rows card-rows">
        {items.map((it) => (
          <Row
            key={it.registration_id}
            to="/m/results/$registrationId"
            params={{ registrationId: it.registration_id }}
            title={`${it.certificate_name} · ${word("level", it.level)}`}
            note={<span className="num">{it.exam_on}</span>}
            end={
              <>
                {it.total && <strong className="num score">{it.total}</strong>}
                <Tag tone={resultTone(it)}>{resultWord(it, t, word)}</Tag>
              </>
            }
          />
        ))}
      </ul>
    </Section>
  );
}

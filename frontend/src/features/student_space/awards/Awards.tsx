import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "@/ui/light/Empty.tsx";
import * as asks from "../kit/ask.ts";
import { Screen } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";
import { awardTone } from "../kit/tones.ts";
import { useWord } from "../kit/words.ts";

/** Every certificate the student holds, as one would lay them on a table. */
export function Awards() {
  const { t } = useTranslation("student");
  const word = useWord();
  const { items } = useSuspenseQuery(asks.awards()).data;
  return (
    <Screen title={t("awards.title")}>
      {items.length === 0 && <Empty title={t("awards.empty")} hint={t("awards.emptyHint")} />}
      <ul className="plain-list">
        {items.map((it) => (
          <li key={it.id}>
            <Link to="/m/awards/$awardId" params={{ awardId: it.id }} className="card paper">
              <Tag tone={awardTone(it.state)}>{word("awardState", it.state)}</Tag>
              <strong>{it.certificate_name}</strong>
              <span>{word("level", it.level)}</span>
              <span className="muted">{it.organisation_name}</span>
              <span className="muted num">{it.issued_on}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Screen>
  );
}

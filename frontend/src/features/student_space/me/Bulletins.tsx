import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readBulletin } from "@/api/light/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import * as asks from "../kit/ask.ts";
import { Row } from "../kit/Row.tsx";
import { Screen } from "../kit/Screen.tsx";

/** What the school and the college tell the student today. */
export function Bulletins() {
  const { t } = useTranslation("student");
  const { items } = useSuspenseQuery(asks.bulletins()).data;
  return (
    <Screen title={t("bulletins.title")} back={{ to: "/m", title: t("tab.home") }}>
      {items.length === 0 && <Empty title={t("bulletins.none")} hint={t("bulletins.noneHint")} />}
      {items.length > 0 && (
        <ul className="rows card-rows">
          {items.map((it) => (
            <Row
              key={it.id}
              to="/m/bulletins/$bulletinId"
              params={{ bulletinId: it.id }}
              title={it.is_important ? `【${t("bulletins.important")}】${it.title}` : it.title}
              note={`${it.college_name ?? t("bulletins.office")} · ${t("bulletins.until", { date: it.down_on })}`}
              end={it.read_at ? undefined : t("bulletins.unread")}
            />
          ))}
        </ul>
      )}
    </Screen>
  );
}

/** One bulletin, and the word that it was read. */
export function Bulletin({ bulletinId }: { bulletinId: string }) {
  const { t } = useTranslation("student");
  const queryClient = useQueryClient();
  const it = useSuspenseQuery(asks.bulletin(bulletinId)).data;
  const [error, setError] = useState<unknown>(null);
  const confirm = async (): Promise<void> => {
    setError(null);
    try {
      await readBulletin({ path: { bulletin_id: it.id }, throwOnError: true });
      await queryClient.invalidateQueries();
    } catch (refusal) {
      setError(refusal);
    }
  };
  let at = 0;
  return (
    <Screen title={it.title} back={{ to: "/m/bulletins", title: t("bulletins.title") }}>
      <article className="card">
        <p className="muted num">
          {it.college_name ?? t("bulletins.office")} · {instant(it.published_at)}
        </p>
        {it.correction_note && <p className="muted">{t("bulletins.corrects", { note: it.correction_note })}</p>}
        {it.body.split("\n").map((paragraph) => {
          at += paragraph.length + 1;
          return paragraph.trim() ? <p key={at}>{paragraph}</p> : null;
        })}
      </article>
      {error !== null && <ProblemNote error={error} />}
      {it.allowed_deeds.includes("read") && (
        <button type="button" className="button" onClick={() => void confirm()}>
          {t("bulletins.readIt")}
        </button>
      )}
      {it.read_at && <p className="muted">{t("bulletins.readAt", { instant: instant(it.read_at) })}</p>}
    </Screen>
  );
}

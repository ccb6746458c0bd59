import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { getPublicBulletinOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { listPublicBulletins } from "@/api/light/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import { problemOf } from "@/lib/problems.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { FoundList, useFound } from "./FoundList.tsx";

/** What institutions tell everybody today. */
export function Bulletins() {
  const { t } = useTranslation("public");
  const found = useFound(["public-bulletins"], listPublicBulletins);
  return (
    <>
      <h1>{t("bulletins.title")}</h1>
      <p className="muted">{t("bulletins.lead")}</p>
      <FoundList found={found} none={t("bulletins.none")} noneHint={t("bulletins.noneHint")}>
        {(it) => (
          <li key={it.id} className="card">
            <Link to="/public/bulletins/$bulletinId" params={{ bulletinId: it.id }}>
              {it.is_important && `【${t("bulletins.important")}】`}
              {it.title}
            </Link>
            <span className="muted">{it.institution}</span>
            <span className="muted num">
              {instant(it.published_at)} · {t("bulletins.until", { date: it.down_on })}
            </span>
          </li>
        )}
      </FoundList>
    </>
  );
}

export function Bulletin({ bulletinId }: { bulletinId: string }) {
  const { t } = useTranslation("public");
  const found = useQuery({ ...getPublicBulletinOptions({ path: { bulletin_id: bulletinId } }), retry: false });
  const isOver = found.error !== null && problemOf(found.error).status === 404;
  const it = found.data;
  return (
    <>
      {found.isPending && <Waiting />}
      {isOver && <Empty title={t("bulletins.over")} hint={t("bulletins.overHint")} />}
      {found.error && !isOver && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
      {it && (
        <article className="told">
          <h1>
            {it.is_important && `【${t("bulletins.important")}】`}
            {it.title}
          </h1>
          <p className="muted num">
            {it.institution} · {instant(it.published_at)} · {t("bulletins.until", { date: it.down_on })}
          </p>
          {it.correction_note && <p className="muted">{t("bulletins.corrects", { note: it.correction_note })}</p>}
          <Told body={it.body} />
        </article>
      )}
      <p>
        <Link to="/public/bulletins">{t("bulletins.all")}</Link>
      </p>
    </>
  );
}

/** A text of which each line is a paragraph. */
export function Told({ body }: { body: string }) {
  let at = 0;
  return body.split("\n").map((paragraph) => {
    at += paragraph.length + 1;
    return paragraph.trim() ? <p key={at}>{paragraph}</p> : null;
  });
}

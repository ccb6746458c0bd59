import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listOwnShareViewsOptions } from "@/api/light/@tanstack/react-query.gen.ts";
import { recallOwnShare } from "@/api/light/sdk.gen.ts";
import type { AwardShareOut } from "@/api/light/types.gen.ts";
import { instant } from "@/lib/format.ts";
import * as asks from "../kit/ask.ts";
import { Deed } from "../kit/Deed.tsx";
import { Section } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";
import { useWord } from "../kit/words.ts";
import { NewShare } from "./NewShare.tsx";

/** The links by which a certificate is shared: what each shows, who opened it, and the way to end it. */
export function Shares({ awardId }: { awardId: string }) {
  const { t } = useTranslation("student");
  const shares = useQuery(asks.shares()).data?.items.filter((it) => it.award_id === awardId);
  return (
    <Section title={t("awards.share")}>
      <p className="muted">{t("awards.shareHint")}</p>
      <NewShare awardId={awardId} />
      {shares && shares.length === 0 && <p className="muted">{t("awards.shareNone")}</p>}
      {[...(shares ?? [])].reverse().map((it) => (
        <Share key={it.id} share={it} />
      ))}
    </Section>
  );
}

function Share({ share }: { share: AwardShareOut }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const queryClient = useQueryClient();
  const state = share.is_open ? "open" : share.recalled_at ? "recalled" : "ended";
  const recall = (): Promise<void> =>
    recallOwnShare({ path: { share_id: share.id }, throwOnError: true }).then(() => queryClient.invalidateQueries());
  return (
    <div className="card">
      <Tag tone={share.is_open ? "good" : "plain"}>{t(`shareState.${state}`)}</Tag>
      <p className="chips">
        {share.fields.map((field) => (
          <span key={field} className="chip">
            {word("shareField", field)}
          </span>
        ))}
      </p>
      <p className="muted">
        {t("awards.shareUntil", { instant: instant(share.expires_at) })} ·{" "}
        {t("awards.shareSeen", { views: share.views_max ? `${share.views}/${share.views_max}` : share.views })}
        {share.last_seen_at && ` · ${t("awards.shareLast", { instant: instant(share.last_seen_at) })}`}
      </p>
      <Readers shareId={share.id} views={share.views} />
      {share.is_open && (
        <Deed name={t("awards.shareRecall")} says={t("awards.shareRecallSays")} tone="risky" onDo={recall} />
      )}
    </div>
  );
}

function Readers({ shareId, views }: { shareId: string; views: number }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const [isOpen, setOpen] = useState(false);
  const looks = useQuery({
    ...listOwnShareViewsOptions({ path: { share_id: shareId }, query: { page_size: 50 } }),
    enabled: isOpen && views > 0,
  }).data?.items;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("awards.shareReaders")}</summary>
      {views === 0 && <p className="muted">{t("awards.shareNobody")}</p>}
      <ul className="plain-list">
        {looks?.map((look) => (
          <li key={look.seen_at} className="num">
            {instant(look.seen_at)} · {word("clientKind", look.client_kind)}
          </li>
        ))}
      </ul>
    </details>
  );
}

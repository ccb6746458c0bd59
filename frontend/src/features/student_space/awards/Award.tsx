import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OwnAwardOut } from "@/api/light/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { NotFound } from "@/ui/light/NotFound.tsx";
import * as asks from "../kit/ask.ts";
import { Facts } from "../kit/Facts.tsx";
import { Screen } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";
import { awardTone } from "../kit/tones.ts";
import { useWord } from "../kit/words.ts";
import { Shares } from "./Shares.tsx";

/** One certificate: its code to be scanned, what is printed on it, and the links by which it is shared. */
export function Award({ awardId }: { awardId: string }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const award = useSuspenseQuery(asks.awards()).data.items.find((it) => it.id === awardId);
  if (!award) return <NotFound />;
  return (
    <Screen title={award.certificate_name} back={{ to: "/m/awards", title: t("awards.title") }}>
      <p className="lead">
        {word("level", award.level)} · {award.organisation_name}
      </p>
      <Code award={award} />
      <div className="card">
        <Facts
          rows={[
            [
              t("exams.state"),
              <Tag key="state" tone={awardTone(award.state)}>
                {word("awardState", award.state)}
              </Tag>,
            ],
            [
              t("awards.number"),
              <span key="number" className="code">
                {award.number}
              </span>,
            ],
            [t("awards.issuedOn"), award.issued_on],
            [t("awards.organisation"), award.organisation_name],
            [t("awards.revokedAt"), award.revoked_at && instant(award.revoked_at)],
            [t("awards.reason"), award.revoked_reason],
            [
              t("awards.code"),
              <span key="code" className="code">
                {award.verification_code}
              </span>,
            ],
          ]}
        />
        <Link to="/m/credits/$levelId" params={{ levelId: award.certificate_level_id }} className="button plain wide">
          {t("awards.why")}
        </Link>
      </div>
      <Shares awardId={award.id} />
    </Screen>
  );
}

function Code({ award }: { award: OwnAwardOut }) {
  const { t } = useTranslation("student");
  const picture = useQuery(asks.qrCode(award.id)).data;
  return (
    <div className="card qr">
      {picture ? <img src={picture} alt={t("awards.qr")} width="200" height="200" /> : <div className="qr-empty" />}
      <p>{t("awards.qrHint")}</p>
      <a href={award.verify_path}>{t("awards.openPage")}</a>
    </div>
  );
}

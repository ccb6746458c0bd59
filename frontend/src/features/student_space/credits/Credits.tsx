import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OwnAccountOut } from "@/api/light/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { problemOf } from "@/lib/problems.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import * as asks from "../kit/ask.ts";
import { Facts } from "../kit/Facts.tsx";
import { Row } from "../kit/Row.tsx";
import { Screen, Section } from "../kit/Screen.tsx";
import { Tag } from "../kit/Tag.tsx";
import { conversionTone } from "../kit/tones.ts";
import { useWord } from "../kit/words.ts";

/** The credit account: what can be used, where each credit came from, and what was asked for. */
export function Credits() {
  const { t } = useTranslation("student");
  const { data, error } = useQuery(asks.account());
  const isMissing = error !== null && problemOf(error).status === 404;
  return (
    <Screen title={t("credits.title")}>
      {!data && !error && <Waiting />}
      {error && !isMissing && <ProblemNote error={error} />}
      {isMissing && <Empty title={t("credits.none")} hint={t("credits.noneHint")} />}
      {data && <Figures account={data} />}
      <Outcomes />
      <Conversions canAsk={Number(data?.available ?? 0) > 0} />
      {data && <Movements account={data} />}
    </Screen>
  );
}

function Figures({ account }: { account: OwnAccountOut }) {
  const { t } = useTranslation("student");
  const word = useWord();
  return (
    <div className="card balance">
      <span className="muted">{t("credits.available")}</span>
      <strong className="num balance-figure">{account.available}</strong>
      <Facts
        rows={[
          [t("credits.accumulated"), account.accumulated],
          [t("credits.held"), account.held],
          [t("credits.pending"), account.pending],
          [t("credits.state"), word("accountState", account.state)],
          [t("credits.opened"), instant(account.opened_at)],
        ]}
      />
    </div>
  );
}

function Outcomes() {
  const { t } = useTranslation("student");
  const word = useWord();
  const { items } = useSuspenseQuery(asks.outcomes()).data;
  if (items.length === 0) return null;
  return (
    <Section title={t("credits.outcomes")}>
      <ul className="rows card-rows">
        {items.map((it) => (
          <Row
            key={it.id}
            to="/m/credits/$levelId"
            params={{ levelId: it.certificate_level_id }}
            title={`${it.certificate_name} · ${word("level", it.level)}`}
            note={it.due_at ? t("credits.dueAt", { date: instant(it.due_at) }) : word("outcomeReason", it.reason)}
            end={<strong className="num score">{it.credit}</strong>}
          />
        ))}
      </ul>
    </Section>
  );
}

function Conversions({ canAsk }: { canAsk: boolean }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const items = useQuery(asks.conversions()).data?.items ?? [];
  return (
    <Section title={t("credits.conversions")}>
      {items.length === 0 && <p className="muted">{t("credits.conversionsNone")}</p>}
      {items.length > 0 && (
        <ul className="rows card-rows">
          {items.map((it) => (
            <Row
              key={it.id}
              to="/m/conversions/$conversionId"
              params={{ conversionId: it.id }}
              title={it.courses.map((course) => course.name).join("、")}
              note={<span className="num">{instant(it.requested_at)}</span>}
              end={<Tag tone={conversionTone(it.state)}>{word("conversionState", it.state)}</Tag>}
            />
          ))}
        </ul>
      )}
      {canAsk && (
        <Link to="/m/credits/convert" className="button wide">
          {t("credits.use")}
        </Link>
      )}
      <Link to="/m/credits/offset" className="button plain wide">
        {t("credits.offset")}
      </Link>
    </Section>
  );
}

function Movements({ account }: { account: OwnAccountOut }) {
  const { t } = useTranslation("student");
  const word = useWord();
  const shown = account.last_entries;
  return (
    <Section title={t("credits.movements")}>
      {shown.length === 0 && <p className="muted">{t("credits.movementsNone")}</p>}
      <ul className="rows card-rows">
        {shown.map((it) => (
          <Row
            key={it.seq}
            title={word("entryKind", it.kind)}
            note={<span className="num">{instant(it.recorded_at)}</span>}
            end={
              <span className="movement">
                <strong className="num">{Number(it.amount) > 0 ? `+${it.amount}` : it.amount}</strong>
                <span className="row-note num">{t("credits.after", { credit: it.available_after })}</span>
              </span>
            }
          />
        ))}
      </ul>
      <Link to="/m/credits/statement" className="button plain wide">
        {t("statement.go")}
      </Link>
    </Section>
  );
}

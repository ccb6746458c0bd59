import { useInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getStatement } from "@/api/light/sdk.gen.ts";
import type { StatementEntryOut } from "@/api/light/types.gen.ts";
import { instant, today } from "@/lib/format.ts";
import { download } from "@/lib/http.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import * as asks from "../kit/ask.ts";
import { Facts } from "../kit/Facts.tsx";
import { Row } from "../kit/Row.tsx";
import { Screen, Section } from "../kit/Screen.tsx";
import { useBoth } from "../kit/words.ts";

interface Props {
  /** The day at whose end the account is stated; empty is now. */
  on: string;
  onChoose: (day: string) => void;
}

/** The account as it stood at the end of any day, reckoned from the book. */
export function Statement({ on, onChoose }: Props) {
  const { t } = useTranslation("student");
  const account_id = useSuspenseQuery(asks.account()).data.id;
  const [error, setError] = useState<unknown>(null);
  const as_of = on && on < today() ? `${on}T23:59:59.999999+08:00` : undefined;
  const found = useInfiniteQuery({
    queryKey: ["statement", account_id, as_of],
    queryFn: async ({ pageParam, signal }) => {
      const query = { page_size: 50, ...(as_of && { as_of }), ...(pageParam && { page_token: pageParam }) };
      return (await getStatement({ path: { account_id }, query, signal, throwOnError: true })).data;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_page_token,
  });
  const [first] = found.data?.pages ?? [];
  const keep = (): void => {
    setError(null);
    const query = as_of ? `?as_of=${encodeURIComponent(as_of)}` : "";
    void download(`/v1/credit-accounts/${account_id}/statement:export${query}`, "statement.xlsx").catch(setError);
  };
  return (
    <Screen title={t("statement.title")} back={{ to: "/m/credits", title: t("credits.title") }}>
      <label className="field">
        <span>{t("statement.on")}</span>
        <input
          type="date"
          value={on || today()}
          max={today()}
          onChange={(event) => onChoose(event.currentTarget.value)}
        />
      </label>
      {found.isPending && <Waiting />}
      {found.error && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
      {first && (
        <div className="card balance">
          <span className="muted">{t("credits.available")}</span>
          <strong className="num balance-figure">{first.available}</strong>
          <Facts
            rows={[
              [t("credits.accumulated"), first.accumulated],
              [t("credits.held"), first.held],
              [t("credits.pending"), first.pending],
              [t("statement.asOf"), instant(first.as_of)],
              [t("statement.movements"), first.movements],
            ]}
          />
        </div>
      )}
      {first && <Entries items={found.data?.pages.flatMap((page) => page.entries) ?? []} />}
      {found.hasNextPage && (
        <button type="button" className="button plain wide" onClick={() => void found.fetchNextPage()}>
          {t("statement.more")}
        </button>
      )}
      {error !== null && <ProblemNote error={error} />}
      <button type="button" className="button plain wide" onClick={keep}>
        {t("statement.export")}
      </button>
    </Screen>
  );
}

function Entries({ items }: { items: StatementEntryOut[] }) {
  const { t } = useTranslation("student");
  const both = useBoth();
  return (
    <Section title={t("statement.entries")}>
      {items.length === 0 && <p className="muted">{t("credits.movementsNone")}</p>}
      <ul className="rows card-rows">
        {items.map((it) => (
          <Row
            key={it.seq}
            title={both(it.says)}
            note={<span className="num">{instant(it.recorded_at)}</span>}
            end={<span className="num">{t("credits.after", { credit: it.accumulated_after })}</span>}
          />
        ))}
      </ul>
    </Section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listMessagesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { instant, today } from "@/lib/format.ts";
import { problemOf } from "@/lib/problems.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { DUTIES, type Duty } from "./duties.ts";
import { WORK, type Work } from "./work.ts";

/** What needs doing today; every number leads to the list behind it. */
export function Home() {
  const { t } = useTranslation("staff");
  const me = useMe();
  const may = useMay();
  const shown = WORK.filter((work) => may(work.needs));
  const duties = DUTIES.filter((duty) => may(duty.needs));
  return (
    <>
      <PageHead title={t("home.hello", { name: me.name })} hint={t("home.today", { date: today() })} />
      {me.owes.length > 0 && (
        <div className="problem" role="alert">
          <strong>{t("home.owes")}</strong> <Link to="/account">{t("menu.account")}</Link>
        </div>
      )}
      <h2>{t("home.todo")}</h2>
      {shown.length + duties.length === 0 ? (
        <Empty title={t("home.nothing")} hint={t("home.nothingHint")} />
      ) : (
        <div className="tiles">
          {shown.map((work) => (
            <WorkTile key={work.name} work={work} />
          ))}
          {duties.map((duty) => (
            <DutyTile key={duty.name} duty={duty} />
          ))}
        </div>
      )}
      {may("messages:read") && <Messages />}
    </>
  );
}

function WorkTile({ work }: { work: Work }) {
  const { t } = useTranslation("staff");
  const answer = useQuery({ queryKey: ["work", work.name], queryFn: ({ signal }) => work.read(signal) });
  const count = answer.data?.items.length;
  const shown = answer.data?.next_page_token ? `${count}+` : count;
  return <Tile of={work} says={t(`work.${work.name}`)} isCalm={!count} shown={shown} error={answer.error} />;
}

function DutyTile({ duty }: { duty: Duty }) {
  const { t } = useTranslation("staff");
  const answer = useQuery({ queryKey: ["duty", duty.name], queryFn: ({ signal }) => duty.read(signal) });
  const count = answer.data?.count;
  const shown = count === null ? t("todo.noForecast") : answer.data?.hasMore ? `${count}+` : count;
  const next = answer.data?.next;
  return (
    <Tile
      of={duty}
      says={t(`todo.${duty.name}`)}
      isCalm={!count}
      shown={shown}
      error={answer.error}
      note={next && t("ownSittings.next", { at: instant(next.at), site: next.site })}
    />
  );
}

interface TileProps {
  of: { to: string; search: Record<string, string> };
  says: string;
  isCalm: boolean;
  shown: string | number | undefined;
  error: unknown;
  note?: string | undefined;
}

/** One number of today and the list behind it; what calls for nobody stands back. */
function Tile({ of, says, isCalm, shown, error, note }: TileProps) {
  return (
    <Link
      className={isCalm ? "tile calm" : "tile"}
      to={of.to as never}
      search={of.search as never}
      aria-busy={shown === undefined && error === null}
    >
      <strong>{error ? "—" : (shown ?? "…")}</strong>
      <span>{says}</span>
      {note && <small>{note}</small>}
      {error !== null && <small> {problemOf(error).title}</small>}
    </Link>
  );
}

function Messages() {
  const { t } = useTranslation("staff");
  return (
    <section className="panel">
      <h2>{t("home.messages")}</h2>
      <Loaded options={listMessagesOptions({ query: { page_size: 10 } })}>
        {(page) =>
          page.items.length === 0 ? (
            <p className="muted">{t("home.noMessages")}</p>
          ) : (
            <ul>
              {page.items.map((it) => (
                <li key={it.id}>
                  <strong>{it.title}</strong> <span className="muted">{instant(it.sent_at)}</span>
                  <br />
                  {it.text}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

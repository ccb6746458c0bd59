import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { listAuditEvents } from "@/api/staff/sdk.gen.ts";
import type { AuditEventOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { DeedName } from "./DeedName.tsx";
import { useWords } from "./words.ts";

/** Who did what to this object, when, from where, and what it changed; only for those who may read the audit. */
export function Audit({ of }: { of: string }) {
  const { t } = useTranslation("staff");
  const may = useMay()("audit:read");
  const answer = useInfiniteQuery({
    queryKey: ["audit", of],
    enabled: may,
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) => {
      const query = { object_id: of, page_size: 20, ...(pageParam && { page_token: pageParam }) };
      return (await listAuditEvents({ query, signal, throwOnError: true })).data;
    },
    getNextPageParam: (page) => page.next_page_token,
  });
  if (!may) return null;
  const events = answer.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="audit" aria-label={t("audit.title")}>
      <h2>{t("audit.title")}</h2>
      {answer.error && <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isSuccess && events.length === 0 && <p className="muted">{t("audit.none")}</p>}
      <ol>
        {events.map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </ol>
      {answer.hasNextPage && <Button onClick={() => void answer.fetchNextPage()}>{t("list.next")}</Button>}
    </section>
  );
}

function Event({ event }: { event: AuditEventOut }) {
  const word = useWords();
  const changed = Object.keys({ ...event.before, ...event.after });
  return (
    <li>
      <time dateTime={event.recorded_at}>{instant(event.recorded_at)}</time>{" "}
      <strong>
        <DeedName deed={event.deed} />
      </strong>{" "}
      <span className="muted">
        {word(event.actor_kind)} <code>{event.actor_id.slice(0, 8)}</code>
        {event.client_agent && ` · ${event.client_agent}`} · <code>{event.request_id.slice(0, 12)}</code>
      </span>
      {changed.length > 0 && (
        <ul>
          {changed.map((name) => (
            <li key={name}>
              {word(name, "field")}: <del>{shown(event.before?.[name])}</del> → <ins>{shown(event.after?.[name])}</ins>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "—";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

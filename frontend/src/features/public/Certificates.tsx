import { useInfiniteQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { listPublicCertificates } from "@/api/light/sdk.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";

/** The catalogue, found by name. */
export function Certificates() {
  const { t } = useTranslation("public");
  const [typed, setTyped] = useState("");
  const text = useDeferredValue(typed.trim());
  const found = useInfiniteQuery({
    queryKey: ["public-certificates", text],
    queryFn: async ({ pageParam, signal }) => {
      const query = { page_size: 50, ...(text && { text }), ...(pageParam && { page_token: pageParam }) };
      return (await listPublicCertificates({ query, signal, throwOnError: true })).data;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_page_token,
    placeholderData: (before) => before,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t("certificates.title")}</h1>
      <p className="muted">{t("certificates.lead")}</p>
      <label className="field">
        <span>{t("certificates.search")}</span>
        <input type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      </label>
      {found.isPending && <Waiting />}
      {found.error && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && items.length === 0 && <Empty title={t("certificates.none")} hint={t("certificates.noneHint")} />}
      <ul className="catalogue">
        {items.map((it) => (
          <li key={it.id} className="card">
            <strong>{it.name}</strong>
            <span className="muted">{it.organisation}</span>
            <span className="levels">
              {it.levels.map((level) => (
                <Level key={level} level={level} />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <button type="button" className="button plain wide" onClick={() => void found.fetchNextPage()}>
          {t("certificates.more")}
        </button>
      )}
    </>
  );
}

export function Level({ level }: { level: string }) {
  const { t } = useTranslation("public");
  return <span className="level">{level === "1" || level === "2" || level === "3" ? t(`level.${level}`) : level}</span>;
}

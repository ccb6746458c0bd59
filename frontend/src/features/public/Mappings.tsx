import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listPublishedMappings } from "@/api/light/sdk.gen.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { RuleHead } from "./Rule.tsx";

/** The rules by which institutions convert, each with what it says. */
export function Mappings() {
  const { t } = useTranslation("public");
  const found = useInfiniteQuery({
    queryKey: ["public-mappings"],
    queryFn: async ({ pageParam, signal }) => {
      const query = { page_size: 20, ...(pageParam && { page_token: pageParam }) };
      return (await listPublishedMappings({ query, signal, throwOnError: true })).data;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_page_token,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h1>{t("mappings.title")}</h1>
      <p className="muted">{t("mappings.lead")}</p>
      <p className="muted">
        <a href="/v1/public/mapping-feed">{t("mappings.feed")}</a>
      </p>
      {found.isPending && <Waiting />}
      {found.error && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && items.length === 0 && <Empty title={t("mappings.none")} />}
      <ul className="catalogue">
        {items.map((it) => (
          <li key={it.id} className="card">
            <RuleHead rule={it} />
            <Link to="/public/mappings/$mappingId" params={{ mappingId: it.id }}>
              {t("mappings.details")}
            </Link>
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

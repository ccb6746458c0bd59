import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";

interface Page<Item> {
  items: Item[];
  next_page_token: string | null;
}

interface Asked {
  query: { page_size: number; page_token?: string };
  signal: AbortSignal;
  throwOnError: true;
}

/** Lists page by page; while what is asked for changes, what was found before stays to be seen. */
export function useFound<Item>(key: readonly string[], list: (asked: Asked) => Promise<{ data: Page<Item> }>) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: async ({ pageParam, signal }) => {
      const query = { page_size: 20, ...(pageParam && { page_token: pageParam }) };
      return (await list({ query, signal, throwOnError: true })).data;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_page_token,
    placeholderData: (before) => before,
  });
}

interface Props<Item> {
  found: UseInfiniteQueryResult<InfiniteData<Page<Item>>>;
  none: string;
  noneHint?: string;
  children: (item: Item) => ReactNode;
}

/** What was found up to here, each item as its page shows it, and the button for more. */
export function FoundList<Item>({ found, none, noneHint, children }: Props<Item>) {
  const { t } = useTranslation("public");
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {found.isPending && <Waiting />}
      {found.error && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && items.length === 0 && <Empty title={none} hint={noneHint} />}
      <ul className="catalogue">{items.map(children)}</ul>
      {found.hasNextPage && (
        <button type="button" className="button plain wide" onClick={() => void found.fetchNextPage()}>
          {t("certificates.more")}
        </button>
      )}
    </>
  );
}

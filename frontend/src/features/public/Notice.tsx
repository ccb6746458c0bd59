import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listNoticedResults } from "@/api/light/sdk.gen.ts";
import { problemOf } from "@/lib/problems.ts";
import { Empty } from "@/ui/light/Empty.tsx";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { Level } from "./Certificates.tsx";

/** One exam's passed results while they are on notice; who is whom, only they themselves can tell. */
export function Notice({ examPlanId }: { examPlanId: string }) {
  const { t } = useTranslation("public");
  const found = useInfiniteQuery({
    queryKey: ["noticed-results", examPlanId],
    queryFn: async ({ pageParam, signal }) => {
      const query = { page_size: 100, ...(pageParam && { page_token: pageParam }) };
      const path = { exam_plan_id: examPlanId };
      return (await listNoticedResults({ path, query, signal, throwOnError: true })).data;
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_page_token,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const isOver = found.error !== null && problemOf(found.error).status === 404;
  return (
    <>
      <h1>{t("notices.title")}</h1>
      <p className="muted">{t("notices.lead")}</p>
      {found.isPending && <Waiting />}
      {isOver && <Empty title={t("notices.over")} />}
      {found.error && !isOver && <ProblemNote error={found.error} onRetry={() => void found.refetch()} />}
      {items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keyboard too
        <section className="table-frame" aria-label={t("notices.list")} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("notices.name")}</th>
                <th scope="col">{t("notices.number")}</th>
                <th scope="col">{t("notices.certificate")}</th>
                <th scope="col">{t("notices.total")}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((it) => (
                <tr key={`${it.admission_number}-${it.name}-${it.total}`}>
                  <td>{it.name}</td>
                  <td className="num">{it.admission_number}</td>
                  <td>
                    {it.certificate} <Level level={it.level} />
                  </td>
                  <td className="num">{it.total}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {found.hasNextPage && (
        <button type="button" className="button plain wide" onClick={() => void found.fetchNextPage()}>
          {t("certificates.more")}
        </button>
      )}
    </>
  );
}

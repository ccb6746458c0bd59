import { useInfiniteQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { listClientEvents } from "@/api/staff/sdk.gen.ts";
import type { MachineClientOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Waiting } from "@/ui/light/Waiting.tsx";
import { useEventWord } from "@/ui/staff/events.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { LinkButton } from "@/ui/staff/LinkButton.tsx";

/** What the system reads: every event of its organisation and mode, in the order the system gets them. */
export function Feed({ client }: { client: MachineClientOut }) {
  const { t } = useTranslation("staff");
  const { modal } = App.useApp();
  const said = useEventWord();
  const answer = useInfiniteQuery({
    queryKey: ["feed", client.id],
    initialPageParam: "",
    queryFn: async ({ pageParam, signal }) => {
      const query = { page_size: 20, ...(pageParam && { after: pageParam }) };
      return (await listClientEvents({ path: { client_id: client.id }, query, signal, throwOnError: true })).data;
    },
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : null),
  });
  const events = answer.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="panel">
      <h2>{t("feed.title")}</h2>
      <p className="muted">{t("feed.hint")}</p>
      <p>
        <LinkButton to="/webhook-endpoints">{t("menu.hooks")}</LinkButton>
      </p>
      {answer.isPending && <Waiting />}
      {answer.error && <ProblemNote error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isSuccess && events.length === 0 && <p className="muted">{t("feed.none")}</p>}
      {events.length > 0 && (
        <Grid
          label={t("feed.title")}
          rows={events}
          keyOf={(it) => it.id}
          columns={[
            { key: "what", title: t("hooks.event"), show: (it) => said(it.type) },
            { key: "at", title: t("credits.at"), show: (it) => instant(it.timestamp) },
            { key: "about", title: t("audit.object"), show: (it) => <code>{it.object_id.slice(0, 13)}</code> },
            {
              key: "data",
              title: t("feed.data"),
              show: (it) => (
                <Button
                  onClick={() =>
                    modal.info({
                      title: said(it.type),
                      width: 640,
                      content: <pre className="wrap">{JSON.stringify(it, null, 2)}</pre>,
                    })
                  }
                >
                  {t("common.open")}
                </Button>
              ),
            },
          ]}
        />
      )}
      {answer.hasNextPage && <Button onClick={() => void answer.fetchNextPage()}>{t("list.next")}</Button>}
    </section>
  );
}

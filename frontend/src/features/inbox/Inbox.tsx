import { useTranslation } from "react-i18next";
import { listMessagesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { listMessages, markMessagesRead } from "@/api/staff/sdk.gen.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { useUnread } from "@/ui/staff/unread.ts";
import { MailAddress } from "./MailAddress.tsx";

/** Everything up to the newest there is now; what comes meanwhile stays unread. */
async function readAll(): Promise<void> {
  const { data } = await listMessages({ query: { page_size: 1 }, throwOnError: true });
  const newest = data.items[0];
  if (newest) await markMessagesRead({ body: { up_to_id: newest.id }, throwOnError: true });
}

/** What the platform told this person, and the mail address it also goes to. */
export function Inbox() {
  const { t } = useTranslation("staff");
  const field = useField();
  const unread = useUnread();
  return (
    <>
      <PageHead title={t("menu.inbox")} hint={t("inbox.unread", { count: unread })}>
        <Deeds
          allowed={unread > 0 ? ["all"] : []}
          deeds={{
            all: {
              label: t("inbox.readAll"),
              isPlain: true,
              run: readAll,
            },
          }}
        />
      </PageHead>
      <List
        name="inbox"
        label={t("menu.inbox")}
        options={(query) => listMessagesOptions({ query })}
        keyOf={(it) => it.id}
        filters={[{ name: "is_unread", label: t("inbox.only"), options: useOptions(["true"]) }]}
        columns={[
          {
            key: "title",
            title: t("inbox.message"),
            show: (it) => (it.read_at ? it.title : <strong>{it.title}</strong>),
          },
          { key: "text", title: t("inbox.text"), show: (it) => it.text },
          { key: "sent", title: t("credits.at"), show: (it) => instant(it.sent_at) },
          { key: "read", title: t("inbox.read"), show: (it) => instant(it.read_at) },
          {
            key: "deeds",
            title: field("deeds"),
            show: (it) => (
              <Deeds
                allowed={it.read_at ? [] : ["read"]}
                deeds={{
                  read: {
                    label: t("inbox.mark"),
                    isPlain: true,
                    run: () => markMessagesRead({ body: { message_ids: [it.id] }, throwOnError: true }),
                  },
                }}
              />
            ),
          },
        ]}
        empty={{ title: t("home.noMessages"), hint: t("inbox.noneHint") }}
      />
      <MailAddress />
    </>
  );
}

import { useTranslation } from "react-i18next";
import { listFeedRecordsOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { collectFeedRecords, sendFeedRecords, takeFeedReceipts } from "@/api/staff/sdk.gen.ts";
import type { FeedReceiptIn } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Deeds } from "@/ui/staff/Deeds.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useOptions } from "@/ui/staff/names.ts";
import { PageHead } from "@/ui/staff/PageHead.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

const STATES = ["to_generate", "to_send", "sent", "accepted", "person_unknown", "format_refused"];

/** Reads receipts as the platform gives them, one a line: record, outcome, message. */
function receiptsIn(text: string): FeedReceiptIn[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [record_id = "", outcome = "", ...message] = line.split(",").map((part) => part.trim());
      return { record_id, outcome: outcome as FeedReceiptIn["outcome"], message: message.join(",") || null };
    });
}

/** What the provincial platform is told of certificates, and what it said. */
export function FeedRecords() {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const may = useMay();
  const throwOnError = true as const;
  const action = (
    <Deeds
      allowed={may("feed_records:run") ? ["collect", "send", "receipts"] : []}
      deeds={{
        collect: {
          label: t("periodic.collect"),
          consequence: t("periodic.collectSays"),
          fields: [{ name: "retries", label: t("periodic.retries"), type: "check", isOptional: true }],
          run: (values) => collectFeedRecords({ body: { retries_refused: values.retries === "on" }, throwOnError }),
        },
        send: {
          label: t("periodic.send"),
          consequence: t("periodic.sendSays"),
          run: () => sendFeedRecords({ throwOnError }),
        },
        receipts: {
          label: t("periodic.receipts"),
          consequence: t("periodic.receiptsSays"),
          fields: [{ name: "receipts", label: t("periodic.receiptsField"), type: "long" }],
          run: (values) => takeFeedReceipts({ body: { receipts: receiptsIn(values.receipts ?? "") }, throwOnError }),
        },
      }}
    />
  );
  return (
    <>
      <PageHead title={t("menu.feedRecords")} hint={t("periodic.feedHint")}>
        {action}
      </PageHead>
      <List
        name="feed-records"
        label={t("menu.feedRecords")}
        options={(query) => listFeedRecordsOptions({ query })}
        keyOf={(it) => it.id}
        filters={[{ name: "state", label: field("state"), options: useOptions(STATES, "reporting") }]}
        columns={[
          { key: "holder", title: t("periodic.holder"), show: (it) => it.holder_name },
          {
            key: "certificate",
            title: field("certificate"),
            show: (it) => `${it.certificate_name} ${word(`level_${it.level}`)}`,
          },
          { key: "number", title: field("number"), show: (it) => it.number },
          { key: "revision", title: field("version"), show: (it) => it.revision, isNumber: true },
          { key: "file", title: t("periodic.file"), show: (it) => it.file_name ?? "—" },
          {
            key: "written",
            title: t("periodic.writtenAt"),
            show: (it) => (it.written_at ? instant(it.written_at) : "—"),
          },
          { key: "message", title: t("periodic.message"), show: (it) => it.message ?? "—" },
          { key: "state", title: field("state"), show: (it) => <State of={it.state} as="reporting" /> },
        ]}
        empty={{ title: t("periodic.noFeed"), hint: t("periodic.noFeedHint"), action }}
      />
    </>
  );
}

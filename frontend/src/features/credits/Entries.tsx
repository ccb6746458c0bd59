import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listCreditEntriesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { List } from "@/ui/staff/List.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** The movements one by one as the book holds them, each with what was available after it. */
export function Entries({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="panel" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("accountEntries.title")}</summary>
      {isOpen && (
        <List
          name="credit-entries"
          label={t("accountEntries.title")}
          options={(query) => listCreditEntriesOptions({ path: { account_id: id }, query })}
          keyOf={(it) => it.entry_id}
          columns={[
            { key: "seq", title: t("accountEntries.seq"), show: (it) => it.seq },
            { key: "at", title: t("credits.at"), show: (it) => instant(it.recorded_at) },
            { key: "kind", title: field("kind"), show: (it) => word(it.kind) },
            { key: "phase", title: t("accountEntries.phase"), show: (it) => word(it.phase) },
            { key: "amount", title: t("credits.change"), show: (it) => it.amount, isNumber: true },
            { key: "after", title: field("available"), show: (it) => it.available_after, isNumber: true },
            {
              key: "reverses",
              title: t("accountEntries.reverses"),
              show: (it) => (it.reverses_entry_id ? <code>{it.reverses_entry_id.slice(0, 8)}</code> : "—"),
            },
          ]}
          empty={{ title: t("accountEntries.none"), hint: t("accountEntries.noneHint") }}
        />
      )}
    </details>
  );
}

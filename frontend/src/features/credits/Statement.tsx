import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { getStatementOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { instant, today } from "@/lib/format.ts";
import { download } from "@/lib/http.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { useUrlState } from "@/ui/staff/url.ts";
import { useWords } from "@/ui/staff/words.ts";
import { useSays } from "./Explained.tsx";

/** What the account was at any moment, to be looked at and to be kept as a file. */
export function Statement({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const says = useSays();
  const field = useField();
  const word = useWords();
  const [search, change] = useUrlState();
  const asOf = search.as_of ? `${search.as_of}T23:59:59+08:00` : undefined;
  const query = { page_size: 100, ...(asOf && { as_of: asOf }) };
  const file = `/v1/credit-accounts/${id}/statement:export${asOf ? `?as_of=${encodeURIComponent(asOf)}` : ""}`;
  return (
    <section className="panel">
      <h2>{t("credits.statement")}</h2>
      <div className="filters">
        <label className="filter">
          <span>{t("credits.asOf")}</span>
          <input
            type="date"
            max={today()}
            value={search.as_of ?? ""}
            onChange={(event) => change({ as_of: event.target.value || undefined })}
          />
        </label>
        <Button onClick={() => void download(file, "statement.xlsx")}>{t("list.export")}</Button>
      </div>
      <Loaded options={getStatementOptions({ path: { account_id: id }, query })}>
        {(statement) => (
          <>
            <p>
              {t("credits.sums", {
                at: instant(statement.as_of),
                accumulated: statement.accumulated,
                held: statement.held,
                available: statement.available,
              })}
            </p>
            {statement.entries.length > 0 && (
              <Grid
                label={t("credits.statement")}
                rows={statement.entries}
                keyOf={(it) => it.entry_id}
                columns={[
                  { key: "at", title: t("credits.at"), show: (it) => instant(it.recorded_at) },
                  {
                    key: "says",
                    title: t("credits.what"),
                    show: (it) => says(it.says),
                  },
                  { key: "kind", title: field("kind"), show: (it) => word(it.kind) },
                  { key: "change", title: t("credits.change"), show: (it) => it.posted_change, isNumber: true },
                  { key: "after", title: field("accumulated"), show: (it) => it.accumulated_after, isNumber: true },
                  { key: "held", title: field("held"), show: (it) => it.held_after, isNumber: true },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

import { useTranslation } from "react-i18next";
import { getClosingStatementOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { instant } from "@/lib/format.ts";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Loaded } from "@/ui/staff/Loaded.tsx";

/** What stays of a closed account, with the hash that shows it is still the same. */
export function Closing({ id }: { id: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <section className="panel">
      <h2>{t("accountClosing.title")}</h2>
      <Loaded options={getClosingStatementOptions({ path: { account_id: id } })}>
        {(it) => (
          <>
            <Facts
              facts={[
                [field("accumulated"), it.accumulated],
                [t("accountClosing.movements"), it.movements],
                [t("credits.at"), instant(it.recorded_at)],
                [field("reason"), it.reason],
                [t("accountClosing.hash"), <code key="hash">{it.content_hash}</code>],
                [t("accountClosing.leaf"), <code key="leaf">{it.leaf}</code>],
              ]}
            />
            <details>
              <summary>{t("accountClosing.content")}</summary>
              <pre className="wrapped">{it.content}</pre>
            </details>
            <p className="muted">{t("accountClosing.hint")}</p>
          </>
        )}
      </Loaded>
    </section>
  );
}

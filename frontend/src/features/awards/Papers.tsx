import { useTranslation } from "react-i18next";
import type { AwardWholeOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

/** Every paper there was, from the first number to the present one, where each went, and when it did not stand. */
export function Papers({ whole }: { whole: AwardWholeOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <>
      <section className="panel">
        <h2>{t("awardPapers.chain")}</h2>
        <Grid
          label={t("awardPapers.chain")}
          rows={whole.papers}
          keyOf={(it) => String(it.serial)}
          columns={[
            { key: "serial", title: t("awardPapers.serial"), show: (it) => it.serial + 1 },
            { key: "number", title: field("number"), show: (it) => it.number },
            { key: "holder", title: field("person"), show: (it) => it.holder_name },
            { key: "ground", title: t("awardPapers.ground"), show: (it) => word(it.ground) },
            { key: "at", title: field("issued_on"), show: (it) => instant(it.issued_at) },
            { key: "current", title: t("awardPapers.current"), show: (it) => word(String(it.is_current)) },
          ]}
        />
      </section>
      {whole.print_steps.length > 0 && (
        <section className="panel">
          <h2>{t("awardPapers.steps")}</h2>
          <Grid
            label={t("awardPapers.steps")}
            rows={whole.print_steps}
            keyOf={(it) => `${it.changed_at}-${it.state}`}
            columns={[
              { key: "state", title: field("paper"), show: (it) => word(it.state) },
              { key: "serial", title: t("awardPapers.serial"), show: (it) => it.copy_serial + 1 },
              { key: "at", title: t("credits.at"), show: (it) => instant(it.changed_at) },
            ]}
          />
        </section>
      )}
      {whole.changes.length > 0 && (
        <section className="panel">
          <h2>{t("awardPapers.changes")}</h2>
          <Grid
            label={t("awardPapers.changes")}
            rows={whole.changes}
            keyOf={(it) => it.changed_at}
            columns={[
              { key: "state", title: field("state"), show: (it) => <State of={it.state} /> },
              { key: "reason", title: field("reason"), show: (it) => it.reason },
              { key: "at", title: t("credits.at"), show: (it) => instant(it.changed_at) },
            ]}
          />
        </section>
      )}
    </>
  );
}

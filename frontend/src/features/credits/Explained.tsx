import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { BothOut, ExplanationOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { instant } from "@/lib/format.ts";
import { Facts } from "@/ui/staff/Facts.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { State } from "@/ui/staff/State.tsx";
import { useWords } from "@/ui/staff/words.ts";

export function useSays(): (both: BothOut) => string {
  const { i18n } = useTranslation("staff");
  return (both) => both[i18n.language === "en" ? "en" : "zh-CN"];
}

/** Why there are so many credits and not more: the rule, the limits, the arithmetic, and what comes next. */
export function Explained({ explanation: it }: { explanation: ExplanationOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const says = useSays();
  return (
    <section className="panel" aria-label={t("credits.explain")}>
      <p>
        <strong>{says(it.text)}</strong>
      </p>
      <Facts
        facts={[
          [field("programme"), it.inputs.programme_name],
          [field("entry_year"), it.inputs.entry_year],
          [field("earned_on"), it.inputs.earned_on],
          [t("explained.rulesOf"), it.inputs.rules_of],
          [t("explained.account"), it.inputs.account_state && word(it.inputs.account_state)],
          [field("objections_until"), it.inputs.objections_until && instant(it.inputs.objections_until)],
          [field("credits"), it.credit],
          [t("explained.expected"), it.credit_expected],
        ]}
      />
      <Rule explanation={it} />
      <h3>{t("credits.arithmetic")}</h3>
      <ol>
        {it.arithmetic.map((step) => (
          <li key={step.says.en}>
            {says(step.says)} <strong>{step.credit}</strong>
          </li>
        ))}
      </ol>
      {it.limits.length > 0 && (
        <>
          <h3>{t("credits.limits")}</h3>
          <ul>
            {it.limits.map((limit) => (
              <li key={limit.code}>
                {says(limit.says)} {limit.cuts && <State of="cuts" />}{" "}
                {limit.document_number && <span className="muted">{limit.document_number}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        {t("credits.next")} {says(it.next_step.says)}
        {it.next_step.deadline && ` ${t("explained.until", { at: instant(it.next_step.deadline) })}`}
      </p>
    </section>
  );
}

/** The rule that counts, with its courses: what each would take of the credits. */
function Rule({ explanation }: { explanation: ExplanationOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const may = useMay();
  const { rule } = explanation;
  if (!rule) return null;
  const title = `v${rule.version} ${rule.filing_number ?? ""} · ${rule.entry_year_from}–${rule.entry_year_to}`;
  return (
    <>
      <h3>
        {t("credits.rule")}{" "}
        {may("mappings:read") ? <Link to={`/mappings/${rule.mapping_id}` as never}>{title}</Link> : title}
      </h3>
      <p className="muted">
        {t("explained.inForce", { from: rule.effective_from ?? "—", to: rule.effective_to ?? t("explained.open") })}
      </p>
      <Grid
        label={t("mappings.courses")}
        rows={rule.courses}
        keyOf={(it) => it.course_id}
        columns={[
          { key: "code", title: field("code"), show: (it) => it.code },
          { key: "name", title: field("name"), show: (it) => it.name },
          { key: "credit", title: field("credits"), show: (it) => it.credit, isNumber: true },
          { key: "grade", title: field("grade"), show: (it) => it.grade ?? t("convert.byTable") },
        ]}
      />
    </>
  );
}

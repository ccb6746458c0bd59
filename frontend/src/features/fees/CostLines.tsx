import { useTranslation } from "react-i18next";
import type { CostSheetOut } from "@/api/staff/types.gen.ts";
import { yuan } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { LineFindings } from "./Findings.tsx";

/** A sheet's lines with what each comes to, and beside each what the rules say of it. */
export function CostLines({ sheet }: { sheet: CostSheetOut }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  return (
    <section className="panel">
      <h2>{t("fees.lines")}</h2>
      {sheet.lines.length === 0 ? (
        <p className="muted">{t("fees.noLines")}</p>
      ) : (
        <Grid
          label={t("fees.lines")}
          rows={sheet.lines}
          keyOf={(it) => String(it.position)}
          columns={[
            { key: "element", title: t("fees.element"), show: (it) => word(it.element, "cost") },
            { key: "payer", title: t("fees.payer"), show: (it) => word(it.payer, "payer") },
            { key: "in_kind", title: t("fees.inKind"), show: (it) => (it.in_kind ? word(it.in_kind, "inKind") : "—") },
            { key: "quantity", title: t("fees.quantity"), show: (it) => it.quantity, isNumber: true },
            { key: "unit", title: t("fees.unitCost"), show: (it) => yuan(it.unit_cost_fen), isNumber: true },
            { key: "amount", title: t("fees.amount"), show: (it) => yuan(it.amount_fen), isNumber: true },
            {
              key: "spread",
              title: t("fees.spreadOver"),
              show: (it) => it.spread_over ?? sheet.candidates,
              isNumber: true,
            },
            { key: "share", title: t("fees.each"), show: (it) => yuan(it.share_fen), isNumber: true },
            { key: "basis", title: field("basis"), show: (it) => it.basis },
            {
              key: "lint",
              title: t("fees.lint"),
              show: (it) => <LineFindings findings={sheet.findings} line={it.position} />,
            },
          ]}
        />
      )}
    </section>
  );
}

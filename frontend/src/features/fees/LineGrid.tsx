import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { CostFindingOut } from "@/api/staff/types.gen.ts";
import { YUAN_PATTERN } from "@/lib/money.ts";
import { useField } from "@/ui/staff/fields.ts";
import { type Column, Grid } from "@/ui/staff/Grid.tsx";
import { useWords } from "@/ui/staff/words.ts";
import { LineFindings } from "./Findings.tsx";
import "./fees.css";
import { ELEMENTS, type Entered, freshLine, IN_KIND, PAYERS } from "./lines.ts";

interface Props {
  lines: Entered[];
  /** What was found about the lines as they were saved. */
  findings: readonly CostFindingOut[];
  onChange: (lines: Entered[]) => void;
}

type Text = Exclude<keyof Entered, "key" | "position">;

/** The lines of a sheet, each cell to be filled in, and beside each what was found about it when it was saved. */
export function LineGrid({ lines, findings, onChange }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const put = (key: number, change: Partial<Entered>): void =>
    onChange(lines.map((it) => (it.key === key ? { ...it, ...change } : it)));
  const nextKey = Math.max(-1, ...lines.map((it) => it.key)) + 1;
  const named = (title: string, it: Entered): string => `${title} ${lines.indexOf(it) + 1}`;
  const chosen = (name: Text, title: string, codes: readonly string[], group: "cost" | "payer" | "inKind") => ({
    key: name,
    title,
    show: (it: Entered) => (
      <select
        aria-label={named(title, it)}
        required={name !== "in_kind"}
        value={it[name]}
        onChange={(event) => put(it.key, { [name]: event.target.value })}
      >
        <option value="">—</option>
        {codes.map((code) => (
          <option key={code} value={code}>
            {word(code, group)}
          </option>
        ))}
      </select>
    ),
  });
  const written = (name: Text, title: string, more: object): Column<Entered> => ({
    key: name,
    title,
    show: (it) => (
      <input
        aria-label={named(title, it)}
        required
        value={it[name]}
        onChange={(event) => put(it.key, { [name]: event.target.value })}
        {...more}
      />
    ),
  });
  return (
    <>
      {lines.length > 0 && (
        <div className="fill-in">
          <Grid
            label={t("fees.lines")}
            rows={lines}
            keyOf={(it) => String(it.key)}
            columns={[
              chosen("element", t("fees.element"), ELEMENTS, "cost"),
              chosen("payer", t("fees.payer"), PAYERS, "payer"),
              chosen("in_kind", t("fees.inKind"), IN_KIND, "inKind"),
              written("quantity", t("fees.quantity"), { inputMode: "decimal", size: 7 }),
              written("unit_cost", t("fees.unitCostYuan"), { inputMode: "decimal", pattern: YUAN_PATTERN, size: 9 }),
              written("spread_over", t("fees.spreadOver"), { inputMode: "numeric", required: false, size: 7 }),
              written("basis", field("basis"), { size: 16 }),
              {
                key: "lint",
                title: t("fees.lint"),
                show: (it) =>
                  it.position === null ? (
                    <span className="muted">{t("fees.checkedWhenSaved")}</span>
                  ) : (
                    <LineFindings findings={findings} line={it.position} />
                  ),
              },
              {
                key: "remove",
                title: field("deeds"),
                show: (it) => (
                  <Button
                    aria-label={`${t("common.remove")} ${lines.indexOf(it) + 1}`}
                    onClick={() => onChange(lines.filter((other) => other.key !== it.key))}
                  >
                    {t("common.remove")}
                  </Button>
                ),
              },
            ]}
          />
        </div>
      )}
      <p>
        <Button onClick={() => onChange([...lines, freshLine(nextKey)])}>{t("fees.addLine")}</Button>
      </p>
    </>
  );
}

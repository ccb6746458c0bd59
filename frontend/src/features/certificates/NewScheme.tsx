import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { publishAssessmentScheme } from "@/api/staff/sdk.gen.ts";
import type { Combination, ExamForm, SchemeOut } from "@/api/staff/types.gen.ts";
import { today } from "@/lib/format.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { useField } from "@/ui/staff/fields.ts";
import { useOptions } from "@/ui/staff/names.ts";
import { useRows } from "@/ui/staff/rows.ts";

const COMBINATIONS = ["weighted_sum", "every_component"];
const FORMS = ["paper", "computer", "ordinary_practical", "special_practical"];
const WHOLE = 100;
const FRESH = { code: "", name: "", weight: "", full: "100.00", pass: "" };

interface Props {
  levelId: string;
  latest: SchemeOut | undefined;
  onPublished: () => void;
}

/** The next version of an assessment scheme, begun from the one before; the sum of the weights is told while typing. */
export function NewScheme({ levelId, latest, onPublished }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const combinations = useOptions(COMBINATIONS);
  const forms = useOptions(FORMS);
  const [combination, setCombination] = useState(latest?.combination ?? "weighted_sum");
  const parts = useRows(FRESH, latest?.components.map(asRow) ?? [FRESH]);
  const [error, setError] = useState<unknown>(null);
  const isWeighted = combination === "weighted_sum";
  const sum = parts.rows.reduce((total, it) => total + Number(it.weight || 0), 0);
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string): string => String(given.get(name) ?? "");
    setError(null);
    try {
      await publishAssessmentScheme({
        path: { level_id: levelId },
        body: {
          effective_from: text("effective_from"),
          combination: combination as Combination,
          exam_form: text("exam_form") as ExamForm,
          pass_mark: isWeighted ? text("pass_mark") : null,
          components: parts.rows.map((it) => ({
            code: it.code,
            name: it.name,
            weight_percent: Number(it.weight),
            full_mark: it.full,
            pass_mark: it.pass || null,
          })),
        },
        throwOnError: true,
      });
      message.success(t("common.done", { deed: t("schemes.publish") }));
      await queryClient.invalidateQueries();
      onPublished();
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <details className="panel">
      <summary>{t("schemes.new")}</summary>
      <form onSubmit={(event) => void save(event)}>
        <p className="consequence">{t("schemes.publishSays")}</p>
        <div className="filters">
          <label className="filter">
            <span>{field("effective_from")}</span>
            <input name="effective_from" type="date" required defaultValue={today()} />
          </label>
          <label className="filter">
            <span>{t("certificates.combination")}</span>
            <select value={combination} onChange={(event) => setCombination(event.target.value)}>
              {combinations.map((it) => (
                <option key={it.value} value={it.value}>
                  {it.label}
                </option>
              ))}
            </select>
          </label>
          <label className="filter">
            <span>{field("exam_form")}</span>
            <select name="exam_form" required defaultValue={latest?.exam_form ?? ""}>
              <option value="">—</option>
              {forms.map((it) => (
                <option key={it.value} value={it.value}>
                  {it.label}
                </option>
              ))}
            </select>
          </label>
          {isWeighted && (
            <label className="filter">
              <span>{t("schemes.passTotal")}</span>
              <input name="pass_mark" inputMode="decimal" required defaultValue={latest?.pass_mark ?? "60.00"} />
            </label>
          )}
        </div>
        <fieldset>
          <legend>{t("certificates.part")}</legend>
          {parts.rows.map((row, index) => (
            <Part key={row.key} row={row} isPassNeeded={!isWeighted} parts={parts} index={index} />
          ))}
          <Button onClick={() => parts.add()}>{t("schemes.addPart")}</Button>{" "}
          <output className={sum === WHOLE ? "good" : "fault"}>
            {sum === WHOLE ? t("schemes.whole") : t("schemes.notWhole", { sum, missing: WHOLE - sum })}
          </output>
        </fieldset>
        {error !== null && <ProblemNote error={error} />}
        <Button type="primary" htmlType="submit" disabled={parts.rows.length === 0 || sum !== WHOLE}>
          {t("schemes.publish")}
        </Button>
      </form>
    </details>
  );
}

type Row = typeof FRESH;

function asRow(part: SchemeOut["components"][number]): Row {
  const { code, name, weight_percent, full_mark, pass_mark } = part;
  return { code, name, weight: String(weight_percent), full: full_mark, pass: pass_mark ?? "" };
}

interface PartProps {
  row: Row;
  index: number;
  isPassNeeded: boolean;
  parts: ReturnType<typeof useRows<Row>>;
}

function Part({ row, index, isPassNeeded, parts }: PartProps) {
  const { t } = useTranslation("staff");
  const field = useField();
  const entry = (name: keyof Row, label: string, more: { isOptional?: boolean; isNumber?: boolean } = {}) => (
    <label className="filter">
      <span>{label}</span>
      <input
        required={!more.isOptional}
        value={row[name]}
        {...(more.isNumber && { inputMode: "decimal" })}
        onChange={(event) => parts.put(index, { [name]: event.target.value })}
      />
    </label>
  );
  return (
    <div className="filters part">
      {entry("name", field("name"))}
      {entry("code", field("code"))}
      {entry("weight", `${t("mappings.weight")} %`, { isNumber: true })}
      {entry("full", t("certificates.full"), { isNumber: true })}
      {entry("pass", t("certificates.passMark"), { isNumber: true, isOptional: !isPassNeeded })}
      <Button onClick={() => parts.remove(index)}>{t("common.remove")}</Button>
    </div>
  );
}

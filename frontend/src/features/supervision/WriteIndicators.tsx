import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { listFiguresOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { Rows } from "@/ui/staff/rows.ts";

export const FRESH = { code: "", name: "", figure: "", numerator: "", denominator: "", weight: "", target: "" };
export type IndicatorRow = typeof FRESH;

const WHOLE = 100;

/** The indicators of a version as they are drawn up; only figures with something below the line can be chosen. */
export function WriteIndicators({ indicators }: { indicators: Rows<IndicatorRow> }) {
  const { t } = useTranslation("staff");
  const sum = indicators.rows.reduce((total, it) => total + (Number(it.weight) || 0), 0);
  return (
    <>
      {indicators.rows.map((row, index) => (
        <fieldset key={row.key}>
          <legend>{t("supervise.indicatorNumber", { number: index + 1 })}</legend>
          <Indicator row={row} put={(change) => indicators.put(index, change)} />
          {indicators.rows.length > 1 && <Button onClick={() => indicators.remove(index)}>{t("common.remove")}</Button>}
        </fieldset>
      ))}
      <p className={sum === WHOLE ? "muted" : "consequence"}>{t("supervise.sum", { sum })}</p>
      <p>
        <Button onClick={() => indicators.add()}>{t("supervise.addIndicator")}</Button>
      </p>
    </>
  );
}

function Indicator({ row, put }: { row: IndicatorRow; put: (change: Partial<IndicatorRow>) => void }) {
  const { t, i18n } = useTranslation("staff");
  const figures = (useQuery(listFiguresOptions()).data?.items ?? []).filter((it) => it.denominator_zh !== null);
  const isChinese = i18n.language.startsWith("zh");
  const entry = (name: keyof IndicatorRow, label: string, pattern?: string) => (
    <label className="filter">
      <span>{label}</span>
      <input
        required
        name={name}
        {...(pattern && { pattern })}
        value={row[name]}
        onChange={(event) => put({ [name]: event.target.value })}
      />
    </label>
  );
  return (
    <div className="filters">
      {entry("code", t("supervise.code"), "[a-z][a-z0-9_]*")}
      {entry("name", t("supervise.indicator"))}
      <label className="filter">
        <span>{t("supervise.source")}</span>
        <select name="figure" value={row.figure} onChange={(event) => put({ figure: event.target.value })}>
          <option value="">{t("supervise.manual")}</option>
          {figures.map((it) => (
            <option key={it.code} value={it.code}>
              {t("supervise.fromFigure", { name: isChinese ? it.name_zh : it.name_en })}
            </option>
          ))}
        </select>
      </label>
      {row.figure === "" && entry("numerator", t("supervise.numerator"))}
      {row.figure === "" && entry("denominator", t("supervise.denominator"))}
      {entry("weight", t("supervise.weight"), "[0-9]+")}
      {entry("target", t("supervise.target"), "[0-9]+([.][0-9]{1,2})?")}
    </div>
  );
}

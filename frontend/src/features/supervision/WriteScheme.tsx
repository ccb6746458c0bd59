import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeCollegeScheme, draftCollegeScheme, getCollegeScheme } from "@/api/staff/sdk.gen.ts";
import type { CollegeSchemeIn, CollegeSchemeOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { useField } from "@/ui/staff/fields.ts";
import { useRows } from "@/ui/staff/rows.ts";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { FRESH, type IndicatorRow, WriteIndicators } from "./WriteIndicators.tsx";

interface Props {
  /** The draft that is changed; without one, a version is drawn up. */
  shown?: CollegeSchemeOut;
  onDone: (id: string) => void;
  onCancel: () => void;
}

function rowsOf(scheme: CollegeSchemeOut | undefined): IndicatorRow[] {
  return (scheme?.indicators ?? []).map((it) => ({
    code: it.code,
    name: it.name,
    figure: it.figure_code ?? "",
    numerator: it.figure_code ? "" : it.numerator_zh,
    denominator: it.figure_code ? "" : it.denominator_zh,
    weight: String(it.weight),
    target: it.target_percent,
  }));
}

/** A version of the scheme: its document and first year, and its indicators with weights and targets. */
export function WriteScheme({ shown, onDone, onCancel }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const [head, setHead] = useState({
    name: shown?.name ?? "",
    basis: shown?.basis ?? "",
    year: String(shown?.first_year ?? ""),
  });
  const indicators = useRows<IndicatorRow>(FRESH, shown ? rowsOf(shown) : [FRESH]);
  const save = async (over: CollegeSchemeOut | undefined): Promise<CollegeSchemeOut> => {
    const body: CollegeSchemeIn = {
      name: head.name,
      basis: head.basis,
      first_year: Number(head.year),
      indicators: indicators.rows.map((it) => ({
        code: it.code,
        name: it.name,
        figure_code: it.figure || null,
        numerator: it.figure ? null : it.numerator,
        denominator: it.figure ? null : it.denominator,
        weight: Number(it.weight),
        target_percent: it.target,
      })),
    };
    if (!over) return (await draftCollegeScheme({ body, throwOnError: true })).data;
    return (
      await changeCollegeScheme({ path: { scheme_id: over.id }, headers: ifMatch(over), body, throwOnError: true })
    ).data;
  };
  const entry = (name: "name" | "basis" | "year", label: string) => (
    <label className="filter">
      <span>{label}</span>
      <input
        required
        name={name}
        inputMode={name === "year" ? "numeric" : "text"}
        value={head[name]}
        onChange={(event) => setHead({ ...head, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <SavingForm
      title={shown ? t("supervise.changeIt") : t("supervise.draftIt")}
      change={
        shown && {
          shown,
          read: async () => (await getCollegeScheme({ path: { scheme_id: shown.id }, throwOnError: true })).data,
          mine: () => ({ name: head.name, basis: head.basis }),
        }
      }
      save={save}
      onSaved={(saved) => onDone(saved.id)}
      onCancel={onCancel}
    >
      <p className="muted">{t("supervise.draftSays")}</p>
      <div className="filters">
        {entry("name", field("name"))}
        {entry("basis", t("supervise.basis"))}
        {entry("year", t("supervise.firstYear"))}
      </div>
      <WriteIndicators indicators={indicators} />
    </SavingForm>
  );
}

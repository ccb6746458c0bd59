import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listFiguresOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { defineReportType, getReportType, redefineReportType } from "@/api/staff/sdk.gen.ts";
import type { ReportTypeIn, ReportTypeOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { useField } from "@/ui/staff/fields.ts";
import { useRows } from "@/ui/staff/rows.ts";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { useWords } from "@/ui/staff/words.ts";

interface Props {
  /** The type that gets its next version; without one, a type is defined. */
  shown?: ReportTypeOut;
  onDone: (id: string) => void;
  onCancel: () => void;
}

const CADENCES = ["monthly", "quarterly", "yearly", "once"] as const;
const SECTION = { code: "", title: "", guidance: "", needs: true, indicators: [] as string[] };

/** What a report asks for: its days, and its sections with the figures in them. */
export function DefineType({ shown, onDone, onCancel }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const word = useWords();
  const [head, setHead] = useState({
    code: "",
    cadence: "monthly",
    name: shown?.name ?? "",
    basis: shown?.basis ?? "",
    due: String(shown?.due_days ?? ""),
    remind: String(shown?.remind_days ?? ""),
  });
  const sections = useRows(
    SECTION,
    shown?.sections.map((it) => ({ ...it, guidance: it.guidance ?? "", needs: it.needs_narrative })) ?? [SECTION],
  );
  const save = async (over: ReportTypeOut | undefined): Promise<ReportTypeOut> => {
    const definition = {
      name: head.name,
      basis: head.basis,
      due_days: Number(head.due),
      remind_days: Number(head.remind),
      sections: sections.rows.map((it) => ({
        code: it.code,
        title: it.title,
        guidance: it.guidance || null,
        needs_narrative: it.needs,
        indicators: it.indicators,
      })),
    };
    if (over) {
      const to = { path: { type_id: over.id }, headers: ifMatch(over), throwOnError: true } as const;
      return (await redefineReportType({ ...to, body: definition })).data;
    }
    const body = { ...definition, code: head.code, cadence: head.cadence as ReportTypeIn["cadence"] };
    return (await defineReportType({ body, throwOnError: true })).data;
  };
  const entry = (name: "code" | "name" | "basis" | "due" | "remind", label: string, isNumber = false) => (
    <label className="filter">
      <span>{label}</span>
      <input
        required
        inputMode={isNumber ? "numeric" : "text"}
        value={head[name]}
        onChange={(event) => setHead({ ...head, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <SavingForm
      title={shown ? t("periodic.redefine") : t("periodic.define")}
      change={
        shown && {
          shown,
          read: async () => (await getReportType({ path: { type_id: shown.id }, throwOnError: true })).data,
          mine: () => ({ name: head.name, basis: head.basis }),
        }
      }
      save={save}
      onSaved={(saved) => onDone(saved.id)}
      onCancel={onCancel}
    >
      <p className="muted">{shown ? t("periodic.redefineSays") : t("periodic.defineSays")}</p>
      <div className="filters">
        {!shown && entry("code", field("code"))}
        {!shown && (
          <label className="filter">
            <span>{t("periodic.cadence")}</span>
            <select value={head.cadence} onChange={(event) => setHead({ ...head, cadence: event.target.value })}>
              {CADENCES.map((it) => (
                <option key={it} value={it}>
                  {word(it, "reporting")}
                </option>
              ))}
            </select>
          </label>
        )}
        {entry("name", field("name"))}
        {entry("basis", t("periodic.basis"))}
        {entry("due", t("periodic.dueDays"), true)}
        {entry("remind", t("periodic.remindDays"), true)}
      </div>
      <Sections sections={sections} />
    </SavingForm>
  );
}

function Sections({ sections }: { sections: ReturnType<typeof useRows<typeof SECTION>> }) {
  const { t, i18n } = useTranslation("staff");
  const figures = useQuery(listFiguresOptions()).data?.items ?? [];
  const isChinese = i18n.language.startsWith("zh");
  const taken = new Set(sections.rows.flatMap((it) => it.indicators));
  return (
    <>
      {sections.rows.map((row, index) => (
        <fieldset key={row.key}>
          <legend>{t("periodic.sectionNumber", { number: index + 1 })}</legend>
          <div className="filters">
            <label className="filter">
              <span>{t("periodic.sectionCode")}</span>
              <input
                required
                pattern="[a-z][a-z0-9_]*"
                value={row.code}
                onChange={(event) => sections.put(index, { code: event.target.value })}
              />
            </label>
            <label className="filter">
              <span>{t("periodic.sectionTitle")}</span>
              <input
                required
                value={row.title}
                onChange={(event) => sections.put(index, { title: event.target.value })}
              />
            </label>
            <label className="filter">
              <span>{t("periodic.guidance")}</span>
              <input value={row.guidance} onChange={(event) => sections.put(index, { guidance: event.target.value })} />
            </label>
            <label className="check">
              <input
                type="checkbox"
                checked={row.needs}
                onChange={(event) => sections.put(index, { needs: event.target.checked })}
              />{" "}
              {t("periodic.needsNarrative")}
            </label>
            {sections.rows.length > 1 && <Button onClick={() => sections.remove(index)}>{t("common.remove")}</Button>}
          </div>
          <div className="filters">
            {figures.map((figure) => (
              <label className="check" key={figure.code}>
                <input
                  type="checkbox"
                  checked={row.indicators.includes(figure.code)}
                  disabled={!row.indicators.includes(figure.code) && taken.has(figure.code)}
                  onChange={(event) =>
                    sections.put(index, {
                      indicators: event.target.checked
                        ? [...row.indicators, figure.code]
                        : row.indicators.filter((it) => it !== figure.code),
                    })
                  }
                />{" "}
                {isChinese ? figure.name_zh : figure.name_en}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <p>
        <Button onClick={() => sections.add()}>{t("periodic.addSection")}</Button>
      </p>
    </>
  );
}

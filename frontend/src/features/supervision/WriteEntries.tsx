import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fillCollegeAssessment, getCollegeAssessment } from "@/api/staff/sdk.gen.ts";
import type { CollegeAssessmentDetailOut, CollegeChapterOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";
import { useIndicatorWords } from "./indicators.tsx";

interface Props {
  shown: CollegeAssessmentDetailOut;
  onDone: () => void;
  onCancel: () => void;
}

/** What is said to one indicator, as it is typed. */
interface Entry {
  above: string;
  below: string;
  words: string;
}

function entriesOf(shown: CollegeAssessmentDetailOut): Record<string, Entry> {
  return Object.fromEntries(
    shown.indicators.map((it) => [
      it.code,
      {
        above: String(it.stated_numerator ?? ""),
        below: String(it.stated_denominator ?? ""),
        words: it.narrative ?? "",
      },
    ]),
  );
}

/** What a college says to its indicators; it may be saved half written. */
export function WriteEntries({ shown, onDone, onCancel }: Props) {
  const { t } = useTranslation("staff");
  const [entries, setEntries] = useState(() => entriesOf(shown));
  const to = { path: { assessment_id: shown.id }, throwOnError: true } as const;
  return (
    <SavingForm
      title={t("supervise.write")}
      change={{
        shown,
        read: async () => (await getCollegeAssessment(to)).data,
        told: (it) => wordsIn(entriesOf(it)),
        mine: () => wordsIn(entries),
        labels: Object.fromEntries(shown.indicators.map((it) => [it.code, it.name])),
      }}
      save={(over = shown) =>
        fillCollegeAssessment({
          ...to,
          headers: ifMatch(over),
          body: {
            entries: Object.entries(entries)
              .filter(([, it]) => it.above || it.below || it.words.trim())
              .map(([code, it]) => ({
                code,
                numerator: it.above === "" ? null : Number(it.above),
                denominator: it.below === "" ? null : Number(it.below),
                narrative: it.words.trim() ? it.words : null,
              })),
          },
        })
      }
      onSaved={onDone}
      onCancel={onCancel}
    >
      {shown.indicators.map((it) => (
        <OneEntry
          key={it.code}
          indicator={it}
          entry={entries[it.code] ?? { above: "", below: "", words: "" }}
          onChange={(entry) => setEntries({ ...entries, [it.code]: entry })}
        />
      ))}
    </SavingForm>
  );
}

function wordsIn(entries: Record<string, Entry>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).map(([code, it]) => [code, [it.above, it.below, it.words].join(" ").trim()]),
  );
}

function OneEntry({
  indicator,
  entry,
  onChange,
}: {
  indicator: CollegeChapterOut;
  entry: Entry;
  onChange: (entry: Entry) => void;
}) {
  const { t } = useTranslation("staff");
  const say = useIndicatorWords();
  const isStated = indicator.source === "manual";
  const side = (name: "above" | "below", label: string) => (
    <label className="filter">
      <span>{label}</span>
      <input
        name={`${indicator.code}.${name}`}
        inputMode="numeric"
        pattern="[0-9]*"
        value={entry[name]}
        onChange={(event) => onChange({ ...entry, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <fieldset>
      <legend>{indicator.name}</legend>
      {isStated && (
        <div className="filters">
          {side("above", say.numerator(indicator))}
          {side("below", say.denominator(indicator))}
        </div>
      )}
      <label className="field">
        <span>{isStated ? t("supervise.evidence") : t("supervise.narrative")}</span>
        <textarea
          name={`${indicator.code}.words`}
          rows={3}
          maxLength={5000}
          value={entry.words}
          onChange={(event) => onChange({ ...entry, words: event.target.value })}
        />
      </label>
    </fieldset>
  );
}

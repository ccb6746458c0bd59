import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { fillCollegeAssessment, getCollegeAssessment } from "@/api/staff/sdk.gen.ts";
import type { CollegeAssessmentDetailOut, CollegeChapterOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { isConflict } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Conflict } from "@/ui/staff/Conflict.tsx";
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
  const [error, setError] = useState<unknown>(null);
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setError(null);
    try {
      await fillCollegeAssessment({
        path: { assessment_id: shown.id },
        headers: ifMatch(shown),
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
        throwOnError: true,
      });
      onDone();
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <form className="panel" onSubmit={(event) => void save(event)}>
      <h2>{t("supervise.write")}</h2>
      {shown.indicators.map((it) => (
        <OneEntry
          key={it.code}
          indicator={it}
          entry={entries[it.code] ?? { above: "", below: "", words: "" }}
          onChange={(entry) => setEntries({ ...entries, [it.code]: entry })}
        />
      ))}
      {error !== null && isConflict(error) && (
        <Conflict
          was={wordsIn(entriesOf(shown))}
          mine={wordsIn(entries)}
          read={async () => {
            const { data } = await getCollegeAssessment({ path: { assessment_id: shown.id }, throwOnError: true });
            return wordsIn(entriesOf(data));
          }}
        />
      )}
      {error !== null && <ProblemNote error={error} />}
      <Button type="primary" htmlType="submit">
        {t("common.save")}
      </Button>{" "}
      <Button onClick={onCancel}>{t("common.cancel")}</Button>
    </form>
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

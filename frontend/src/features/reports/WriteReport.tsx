import { Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { fillReport, getReport } from "@/api/staff/sdk.gen.ts";
import type { ReportDetailOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { isConflict } from "@/lib/problems.ts";
import { ProblemNote } from "@/ui/light/ProblemNote.tsx";
import { Conflict } from "@/ui/staff/Conflict.tsx";

interface Props {
  shown: ReportDetailOut;
  onDone: () => void;
}

/** The words of a report, section by section; it may be saved half written. */
export function WriteReport({ shown, onDone }: Props) {
  const { t } = useTranslation("staff");
  const [words, setWords] = useState<Record<string, string>>(() => wordsOf(shown));
  const [error, setError] = useState<unknown>(null);
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setError(null);
    try {
      await fillReport({
        path: { report_id: shown.id },
        headers: ifMatch(shown),
        body: {
          narratives: Object.entries(words)
            .filter(([, body]) => body.trim() !== "")
            .map(([section_code, body]) => ({ section_code, body })),
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
      <h2>{t("periodic.write")}</h2>
      {shown.sections.map((section) => (
        <label className="field" key={section.code}>
          <span>
            {section.title}
            {section.needs_narrative ? t("periodic.asked") : t("periodic.optional")}
          </span>
          <textarea
            rows={6}
            maxLength={5000}
            value={words[section.code] ?? ""}
            onChange={(event) => setWords({ ...words, [section.code]: event.target.value })}
          />
          <small>{section.guidance}</small>
        </label>
      ))}
      {error !== null && isConflict(error) && (
        <Conflict
          was={wordsOf(shown)}
          mine={words}
          read={async () => wordsOf((await getReport({ path: { report_id: shown.id }, throwOnError: true })).data)}
        />
      )}
      {error !== null && <ProblemNote error={error} />}
      <Button type="primary" htmlType="submit">
        {t("common.save")}
      </Button>
    </form>
  );
}

function wordsOf(report: ReportDetailOut): Record<string, string> {
  return Object.fromEntries(report.sections.map((it) => [it.code, it.narrative ?? ""]));
}

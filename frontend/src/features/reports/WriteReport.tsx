import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fillReport, getReport } from "@/api/staff/sdk.gen.ts";
import type { ReportDetailOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";

interface Props {
  shown: ReportDetailOut;
  onDone: () => void;
  onCancel: () => void;
}

/** The words of a report, section by section; it may be saved half written. */
export function WriteReport({ shown, onDone, onCancel }: Props) {
  const { t } = useTranslation("staff");
  const [words, setWords] = useState<Record<string, string>>(() => wordsOf(shown));
  const to = { path: { report_id: shown.id }, throwOnError: true } as const;
  return (
    <SavingForm
      title={t("periodic.write")}
      change={{
        shown,
        read: async () => (await getReport(to)).data,
        told: wordsOf,
        mine: () => words,
        labels: Object.fromEntries(shown.sections.map((it) => [it.code, it.title])),
      }}
      save={(over = shown) =>
        fillReport({
          ...to,
          headers: ifMatch(over),
          body: {
            narratives: Object.entries(words)
              .filter(([, body]) => body.trim() !== "")
              .map(([section_code, body]) => ({ section_code, body })),
          },
        })
      }
      onSaved={onDone}
      onCancel={onCancel}
    >
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
    </SavingForm>
  );
}

function wordsOf(report: ReportDetailOut): Record<string, string> {
  return Object.fromEntries(report.sections.map((it) => [it.code, it.narrative ?? ""]));
}

import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { getReportFiguresOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ReportDetailOut, ReportFigureOut, ReportFiguresOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { Grid } from "@/ui/staff/Grid.tsx";
import { Loaded } from "@/ui/staff/Loaded.tsx";
import { State } from "@/ui/staff/State.tsx";
import { changed, rate, sides } from "./counts.ts";
import { FigureRows } from "./FigureRows.tsx";

/** A report's sections: the figures beside the report before and beside what they would be now, then the words. */
export function ReportFigures({ report }: { report: ReportDetailOut }) {
  return (
    <Loaded options={getReportFiguresOptions({ path: { report_id: report.id } })}>
      {(it) => <Known report={report} told={it} />}
    </Loaded>
  );
}

function Known({ report, told }: { report: ReportDetailOut; told: ReportFiguresOut }) {
  const { t } = useTranslation("staff");
  const [opened, setOpened] = useState<ReportFigureOut | null>(null);
  const corrected = told.figures.filter((it) => it.is_corrected).length;
  return (
    <>
      <p className="muted">
        {told.submission === null
          ? t("periodic.standingSays", { at: instant(told.as_of) })
          : t("periodic.frozenSays", { at: instant(told.as_of), number: told.submission })}{" "}
        {told.previous_label
          ? t("periodic.previousSays", { label: told.previous_label })
          : t("periodic.noPreviousSays")}
      </p>
      {corrected > 0 && <p className="consequence">{t("periodic.correctedSays", { count: corrected })}</p>}
      {report.sections.map((section) => (
        <section className="panel" key={section.code}>
          <h2>{section.title}</h2>
          <Figures
            label={section.title}
            rows={told.figures.filter((it) => it.section_code === section.code)}
            isFrozen={told.submission !== null}
            onOpen={setOpened}
          />
          {section.narrative ? (
            section.narrative.split("\n").map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of a text stay in their order
              <p key={index}>{line}</p>
            ))
          ) : (
            <p className="muted">{section.guidance ?? t("periodic.noWords")}</p>
          )}
        </section>
      ))}
      {opened && <FigureRows report={report} figure={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function Figures({
  label,
  rows,
  isFrozen,
  onOpen,
}: {
  label: string;
  rows: readonly ReportFigureOut[];
  isFrozen: boolean;
  onOpen: (figure: ReportFigureOut) => void;
}) {
  const { t, i18n } = useTranslation("staff");
  const points = (amount: string): string => t("periodic.points", { amount });
  const isChinese = i18n.language.startsWith("zh");
  if (rows.length === 0) return null;
  return (
    <Grid
      label={label}
      rows={rows}
      keyOf={(it) => it.code}
      columns={[
        { key: "name", title: t("periodic.figure"), show: (it) => (isChinese ? it.name_zh : it.name_en) },
        { key: "value", title: t("periodic.value"), show: (it) => sides(it.unit, it.value), isNumber: true },
        { key: "rate", title: t("periodic.rate"), show: (it) => rate(it.value), isNumber: true },
        { key: "previous", title: t("periodic.previous"), show: (it) => sides(it.unit, it.previous), isNumber: true },
        {
          key: "since",
          title: t("periodic.sincePrevious"),
          show: (it) => changed(it.unit, it.since_previous, points),
          isNumber: true,
        },
        ...(isFrozen
          ? [
              {
                key: "now",
                title: t("periodic.now"),
                show: (it: ReportFigureOut) =>
                  it.is_corrected ? (
                    <>
                      {sides(it.unit, it.now)} <State of="corrected_since" as="reporting" />{" "}
                      {changed(it.unit, it.since_submission, points)}
                    </>
                  ) : (
                    t("periodic.same")
                  ),
                isNumber: true,
              },
            ]
          : []),
        {
          key: "rows",
          title: t("periodic.rowsBehind"),
          show: (it) => (
            <Button size="small" onClick={() => onOpen(it)}>
              {t("periodic.showRows")}
            </Button>
          ),
        },
      ]}
    />
  );
}

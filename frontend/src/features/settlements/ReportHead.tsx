import { useTranslation } from "react-i18next";
import type { BothOut } from "@/api/staff/types.gen.ts";
import { instant } from "@/lib/format.ts";
import { DownloadButton } from "./DownloadButton.tsx";

interface ReportHeadProps {
  /** The report's name in its address. */
  of: string;
  title: string;
  definition: BothOut;
  asOf: string;
  year?: number;
}

/** What a report means, as of when it is, and its files. */
export function ReportHead({ of, title, definition, asOf, year }: ReportHeadProps) {
  const { t, i18n } = useTranslation("staff");
  const query = year === undefined ? "" : `year=${year}&`;
  const file = (format: string): string => `/v1/fee-reports/${of}:export?${query}format=${format}`;
  return (
    <>
      <h2>{title}</h2>
      <p className="muted">
        {definition[i18n.language === "en" ? "en" : "zh-CN"]} {t("reports.asOf", { at: instant(asOf) })}
      </p>
      <p className="page-deeds">
        <DownloadButton path={file("xlsx")} file={`${of}.xlsx`} label={t("list.export")} />
        <DownloadButton path={file("csv")} file={`${of}.csv`} label={t("settlements.exportCsv")} />
      </p>
    </>
  );
}

import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { CostFindingOut } from "@/api/staff/types.gen.ts";
import { yuan } from "@/lib/format.ts";
import { useWords } from "@/ui/staff/words.ts";
import "./fees.css";

/** One finding in words, and below it the clause it rests on. */
export function Finding({ finding }: { finding: CostFindingOut }) {
  const word = useWords();
  const language = useTranslation("staff").i18n.language === "en" ? "en" : "zh-CN";
  return (
    <div className="finding">
      <Tag color={finding.severity === "breach" ? "error" : "warning"}>{word(finding.severity, "cost")}</Tag>
      {told(finding, language, word)}
      <br />
      <small className="muted">{finding.clause[language]}</small>
    </div>
  );
}

/** The API's sentence with its fen as yuan and its element by name. */
function told(finding: CostFindingOut, language: "en" | "zh-CN", word: ReturnType<typeof useWords>): string {
  let says = finding.detail[language];
  for (const [name, value] of Object.entries(finding.figures)) {
    if (name.endsWith("_fen")) {
      says = says.replace(new RegExp(`\\b${value}\\b( 分| fen)?`), ` ${yuan(Number(value))} `);
    }
    if (name === "element") says = says.replace(String(value), word(String(value), "cost"));
  }
  return says.replace(/ +([，。；,.])/g, "$1");
}

/** What was found about a whole sheet. */
export function FindingList({ findings }: { findings: readonly CostFindingOut[] }) {
  const { t } = useTranslation("staff");
  if (findings.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("fees.findings")}</h2>
      {findings.map((it) => (
        <Finding key={`${it.code}-${it.figures.element ?? ""}`} finding={it} />
      ))}
    </section>
  );
}

/** What was found about one line, or that nothing was. */
export function LineFindings({ findings, line }: { findings: readonly CostFindingOut[]; line: number }) {
  const { t } = useTranslation("staff");
  const own = findings.filter((it) => it.line === line);
  if (own.length === 0) return <span className="muted">{t("fees.noFinding")}</span>;
  return (
    <>
      {own.map((it) => (
        <Finding key={it.code} finding={it} />
      ))}
    </>
  );
}

import { useTranslation } from "react-i18next";
import type { PublicMappingOut } from "@/api/light/types.gen.ts";
import { Level } from "./Certificates.tsx";

/** Whom a rule is between, for whom it holds, and what it is worth. */
export function RuleHead({ rule }: { rule: PublicMappingOut }) {
  const { t } = useTranslation("public");
  const isToCourse = rule.direction === "certificate_to_course";
  const years =
    rule.entry_year_from === rule.entry_year_to
      ? t("mappings.year", { from: rule.entry_year_from })
      : t("mappings.years", { from: rule.entry_year_from, to: rule.entry_year_to });
  return (
    <>
      <span className="muted">
        {t(isToCourse ? "mappings.toCourse" : "mappings.toAssessment")}
        {rule.state === "superseded" && ` · ${t("mappings.superseded")}`}
      </span>
      <strong>
        {rule.certificate} <Level level={rule.level} /> → {rule.programme}
      </strong>
      <span className="muted">
        {rule.institution} · {years}
        {isToCourse && ` · ${t("mappings.credit", { credit: rule.credit })}`}
      </span>
    </>
  );
}

/** All that a rule says. */
export function RuleContent({ rule }: { rule: PublicMappingOut }) {
  const { t } = useTranslation("public");
  const rows: [string, string | null][] = [
    [t("mappings.organisation"), rule.organisation],
    [t("mappings.version"), t("mappings.versionIs", { version: rule.version })],
    [t("mappings.filing"), rule.filing_number],
    [
      t("mappings.force"),
      rule.effective_from &&
        `${rule.effective_from} ${rule.effective_to ? t("mappings.until", { date: rule.effective_to }) : t("mappings.open")}`,
    ],
    [t("mappings.hash"), rule.content_hash],
  ];
  return (
    <>
      {rule.courses.length > 0 && <h2>{t("mappings.courses")}</h2>}
      <ul className="lines">
        {rule.courses.map((course) => (
          <li key={course.course_id}>
            <span>{course.name}</span>
            <span className="num">{course.credit}</span>
          </li>
        ))}
      </ul>
      {rule.offsets.length > 0 && <h2>{t("mappings.offsets")}</h2>}
      <ul className="lines">
        {rule.offsets.map((offset) => (
          <li key={`${offset.component_code}-${offset.course_id}`}>
            <span>{offset.component_code}</span>
            <span>{t("mappings.share", { percent: offset.share_percent })}</span>
          </li>
        ))}
      </ul>
      {rule.grades.length > 0 && <h2>{t("mappings.grades")}</h2>}
      <ul className="lines">
        {rule.grades.map((line) => (
          <li key={line.score_from}>{t("mappings.from", { score: line.score_from, grade: line.grade })}</li>
        ))}
      </ul>
      <dl className="terms">
        {rows
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

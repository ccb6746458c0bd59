/** The parts of the editor of a rule: courses, grades, offsets and units, each with its sum told while typing. */

import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ComponentOut, CourseOut } from "@/api/staff/types.gen.ts";
import { useField } from "@/ui/staff/fields.ts";
import { COURSE, type Draft, sumOf } from "./draft.ts";

interface Option {
  value: string;
  label: string;
}

interface EntryProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options?: readonly Option[];
  isNumber?: boolean;
  isOptional?: boolean;
}

export function Entry({ label, value, onChange, options, isNumber, isOptional }: EntryProps) {
  const shared = { required: !isOptional, value };
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: each branch inside is a control
    <label className="filter">
      <span>{label}</span>
      {options ? (
        <select {...shared} onChange={(event) => onChange(event.target.value)}>
          <option value="">—</option>
          {/* What was chosen before its list has come stays chosen. */}
          {value && !options.some((it) => it.value === value) && <option value={value}>…</option>}
          {options.map((it) => (
            <option key={it.value} value={it.value}>
              {it.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...shared}
          {...(isNumber && { inputMode: "decimal" })}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </label>
  );
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {hint && <p className="muted">{hint}</p>}
      {children}
    </fieldset>
  );
}

export function Courses({ draft, known, direction }: { draft: Draft; known: readonly CourseOut[]; direction: string }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const { courses } = draft;
  const isEntered = direction === "certificate_to_course";
  const options = known.map((it) => ({ value: it.id, label: `${it.code} ${it.name}（${it.credits}）` }));
  const choose = (index: number, id: string): void =>
    courses.put(index, { course_id: id, credit: known.find((it) => it.id === id)?.credits ?? COURSE.credit });
  return (
    <Part title={t("mappings.courses")}>
      {courses.rows.map((row, index) => (
        <div className="filters part" key={row.key}>
          <Entry label={field("course")} value={row.course_id} options={options} onChange={(id) => choose(index, id)} />
          <Entry
            label={field("credits")}
            value={row.credit}
            isNumber
            onChange={(credit) => courses.put(index, { credit })}
          />
          <Entry
            label={isEntered ? t("rules.gradeEntered") : t("rules.leastGrade")}
            value={row.grade}
            isOptional={isEntered}
            onChange={(grade) => courses.put(index, { grade })}
          />
          <Button onClick={() => courses.remove(index)}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button disabled={known.length === 0} onClick={() => courses.add()}>
        {t("mappings.addCourse")}
      </Button>{" "}
      <output>{t("mappings.sum", { sum: sumOf(courses.rows.map((it) => it.credit)).toFixed(2) })}</output>
    </Part>
  );
}

export function Grades({ draft: { grades } }: { draft: Draft }) {
  const { t } = useTranslation("staff");
  const field = useField();
  return (
    <Part title={t("mappings.grades")} hint={t("rules.gradesHint")}>
      {grades.rows.map((row, index) => (
        <div className="filters part" key={row.key}>
          <Entry
            label={t("mappings.scoreFrom")}
            value={row.score_from}
            isNumber
            onChange={(score_from) => grades.put(index, { score_from })}
          />
          <Entry label={field("grade")} value={row.grade} onChange={(grade) => grades.put(index, { grade })} />
          <Button onClick={() => grades.remove(index)}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button onClick={() => grades.add()}>{t("rules.addGrade")}</Button>
    </Part>
  );
}

interface OffsetsProps {
  draft: Draft;
  chosen: readonly Option[];
  components: readonly ComponentOut[];
}

export function Offsets({ draft: { offsets }, chosen, components }: OffsetsProps) {
  const { t } = useTranslation("staff");
  const field = useField();
  const parts = components.map((it) => ({ value: it.code, label: it.name }));
  const sums = components.map((it) => ({
    name: it.name,
    sum: sumOf(offsets.rows.filter((row) => row.component_code === it.code).map((row) => row.share)),
  }));
  return (
    <Part title={t("mappings.offsets")} hint={components.length === 0 ? t("rules.noScheme") : t("rules.offsetsHint")}>
      {offsets.rows.map((row, index) => (
        <div className="filters part" key={row.key}>
          <Entry
            label={field("course")}
            value={row.course_id}
            options={chosen}
            onChange={(course_id) => offsets.put(index, { course_id })}
          />
          <Entry
            label={t("mappings.component")}
            value={row.component_code}
            options={parts}
            onChange={(component_code) => offsets.put(index, { component_code })}
          />
          <Entry
            label={`${t("mappings.share")} %`}
            value={row.share}
            isNumber
            onChange={(share) => offsets.put(index, { share })}
          />
          <Entry
            label={`${t("rules.countsAs")} %`}
            value={row.counts}
            isNumber
            isOptional
            onChange={(counts) => offsets.put(index, { counts })}
          />
          <Button onClick={() => offsets.remove(index)}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button disabled={chosen.length === 0 || components.length === 0} onClick={() => offsets.add()}>
        {t("rules.addOffset")}
      </Button>{" "}
      <output className={sums.some((it) => it.sum > 100) ? "fault" : undefined}>
        {sums.map((it) => `${it.name} ${it.sum}%`).join(" · ")}
      </output>
    </Part>
  );
}

export function Units({ draft: { units }, chosen }: { draft: Draft; chosen: readonly Option[] }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const weight = sumOf(units.rows.map((it) => it.weight));
  const covered = units.rows.reduce((total, unit) => {
    const part = sumOf(chosen.map((it) => unit.covered[it.value] ?? ""));
    return total + (Number(unit.weight || 0) * Math.min(part, 100)) / 100;
  }, 0);
  return (
    <Part title={t("mappings.units")} hint={t("rules.unitsHint")}>
      {units.rows.map((row, index) => (
        <div className="filters part" key={row.key}>
          <Entry label={field("code")} value={row.code} onChange={(code) => units.put(index, { code })} />
          <Entry label={field("name")} value={row.name} onChange={(name) => units.put(index, { name })} />
          <Entry
            label={`${t("mappings.weight")} %`}
            value={row.weight}
            isNumber
            onChange={(it) => units.put(index, { weight: it })}
          />
          {chosen.map((course) => (
            <Entry
              key={course.value}
              label={t("rules.coveredBy", { course: course.label })}
              value={row.covered[course.value] ?? ""}
              isNumber
              isOptional
              onChange={(percent) => units.put(index, { covered: { ...row.covered, [course.value]: percent } })}
            />
          ))}
          <Button onClick={() => units.remove(index)}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button onClick={() => units.add()}>{t("rules.addUnit")}</Button>{" "}
      {units.rows.length > 0 && (
        <output className={weight === 100 ? undefined : "fault"}>
          {t("rules.unitsSum", { weight, covered: covered.toFixed(2) })}
        </output>
      )}
    </Part>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useField } from "@/ui/staff/fields.ts";
import { useColleges } from "@/ui/staff/names.ts";
import { useTeachers } from "./teachers.ts";

interface Props {
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

/** Teachers to enrol; they stand in line in the order in which they are chosen. */
export function TeacherChoice({ chosen, onChange }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const [college, setCollege] = useState("");
  const colleges = useColleges();
  const teachers = useTeachers(college || undefined);
  const put = (id: string, isChosen: boolean): void =>
    onChange(isChosen ? [...chosen, id] : chosen.filter((it) => it !== id));
  return (
    <>
      <label className="field">
        <span>{field("college")}</span>
        <select value={college} onChange={(event) => setCollege(event.target.value)}>
          <option value="">{t("training.all")}</option>
          {colleges.map((it) => (
            <option key={it.value} value={it.value}>
              {it.label}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="rows">
        <legend>{t("training.chooseTeachers")}</legend>
        {teachers.length === 0 && <p className="muted">{t("training.noTeachers")}</p>}
        {teachers.map((it) => (
          <label className="check" key={it.value}>
            <input
              type="checkbox"
              checked={chosen.includes(it.value)}
              onChange={(event) => put(it.value, event.target.checked)}
            />{" "}
            {it.label}
          </label>
        ))}
      </fieldset>
    </>
  );
}

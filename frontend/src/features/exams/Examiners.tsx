import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { listTeachersOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { ExaminerDuty, SittingExaminerIn } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";
import { Options } from "@/ui/staff/Labelled.tsx";
import { useOptions } from "@/ui/staff/names.ts";

interface Props {
  examiners: readonly SittingExaminerIn[];
  onChange: (examiners: SittingExaminerIn[]) => void;
}

/** Who examines: a teacher of the register, or somebody from outside by name and employer. */
export function Examiners({ examiners, onChange }: Props) {
  const { t } = useTranslation("staff");
  const may = useMay()("teachers:read");
  const duties = useOptions(["chief", "invigilator", "assessor"]);
  const { data } = useQuery({
    ...listTeachersOptions({ query: { is_active: true, page_size: 100 } }),
    enabled: may,
  });
  const teachers = (data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name}（${it.staff_number}）` }));
  const put = (index: number, change: SittingExaminerIn): void =>
    onChange(examiners.map((it, at) => (at === index ? change : it)));
  return (
    <fieldset className="rows">
      <legend>{t("planning.examiners")}</legend>
      {examiners.map((it, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own before somebody is named
        <div className="row" key={`examiner-${index + 1}`}>
          <label className="filter">
            <span>{t("planning.duty")}</span>
            <select
              value={it.duty}
              onChange={(event) => put(index, { ...it, duty: event.target.value as ExaminerDuty })}
            >
              <Options of={duties} empty={null} />
            </select>
          </label>
          {may && (
            <label className="filter">
              <span>{t("planning.teacher")}</span>
              <select
                value={it.teacher_id ?? ""}
                onChange={(event) =>
                  put(index, event.target.value ? { teacher_id: event.target.value, duty: it.duty } : { duty: it.duty })
                }
              >
                <Options of={teachers} empty={t("planning.outsider")} />
              </select>
            </label>
          )}
          {!it.teacher_id && (
            <>
              <label className="filter">
                <span>{t("planning.examinerName")}</span>
                <input
                  required
                  value={it.name ?? ""}
                  onChange={(event) => put(index, { ...it, name: event.target.value })}
                />
              </label>
              <label className="filter">
                <span>{t("planning.employer")}</span>
                <input
                  required
                  value={it.employer ?? ""}
                  onChange={(event) => put(index, { ...it, employer: event.target.value })}
                />
              </label>
            </>
          )}
          <Button onClick={() => onChange(examiners.filter((_, at) => at !== index))}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button onClick={() => onChange([...examiners, { duty: examiners.length === 0 ? "chief" : "invigilator" }])}>
        {t("planning.addExaminer")}
      </Button>
    </fieldset>
  );
}

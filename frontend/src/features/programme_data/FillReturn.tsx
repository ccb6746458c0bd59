import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fillProgrammeReturn, getProgrammeReturn } from "@/api/staff/sdk.gen.ts";
import type { ProgrammeReturnOut } from "@/api/staff/types.gen.ts";
import { ifMatch } from "@/lib/http.ts";
import { useField } from "@/ui/staff/fields.ts";
import { useLevels } from "@/ui/staff/names.ts";
import { useRows } from "@/ui/staff/rows.ts";
import { SavingForm } from "@/ui/staff/SavingForm.tsx";

interface Props {
  shown: ProgrammeReturnOut;
  onDone: () => void;
  onCancel: () => void;
}

const WISH = { level: "", quota: "" };
const NAMES = ["classes", "students", "teachers"] as const;

/** A programme's data of the year, beside what the register knows; it may be saved half filled in. */
export function FillReturn({ shown, onDone, onCancel }: Props) {
  const { t } = useTranslation("staff");
  const [figures, setFigures] = useState({
    classes: String(shown.classes ?? ""),
    students: String(shown.students ?? ""),
    teachers: String(shown.teachers ?? ""),
  });
  const [remark, setRemark] = useState(shown.remark ?? "");
  const wishes = useRows(
    WISH,
    shown.levels.map((it) => ({ level: it.certificate_level_id, quota: String(it.quota_asked) })),
  );
  const numberOf = (text: string): number | null => (text === "" ? null : Number(text));
  const to = { path: { return_id: shown.id }, throwOnError: true } as const;
  return (
    <SavingForm
      title={t("collection.fill")}
      change={{ shown, read: async () => (await getProgrammeReturn(to)).data, mine: () => ({ ...figures, remark }) }}
      save={(over = shown) =>
        fillProgrammeReturn({
          ...to,
          headers: ifMatch(over),
          body: {
            classes: numberOf(figures.classes),
            students: numberOf(figures.students),
            teachers: numberOf(figures.teachers),
            remark: remark || null,
            levels: wishes.rows.map((it) => ({ certificate_level_id: it.level, quota_asked: Number(it.quota) })),
          },
        })
      }
      onSaved={onDone}
      onCancel={onCancel}
    >
      <div className="filters">
        {NAMES.map((name) => (
          <label className="filter" key={name}>
            <span>
              {t(`collection.${name}`)}（{t("collection.knownIs", { count: shown.known[name] })}）
            </span>
            <input
              inputMode="numeric"
              value={figures[name]}
              onChange={(event) => setFigures({ ...figures, [name]: event.target.value })}
            />
          </label>
        ))}
        <Button
          onClick={() =>
            setFigures({
              classes: String(shown.known.classes),
              students: String(shown.known.students),
              teachers: String(shown.known.teachers),
            })
          }
        >
          {t("collection.takeKnown")}
        </Button>
      </div>
      <Wishes wishes={wishes} />
      <label className="field">
        <span>{t("collection.remark")}</span>
        <textarea rows={3} value={remark} onChange={(event) => setRemark(event.target.value)} />
      </label>
    </SavingForm>
  );
}

function Wishes({ wishes }: { wishes: ReturnType<typeof useRows<typeof WISH>> }) {
  const { t } = useTranslation("staff");
  const field = useField();
  const levels = useLevels();
  return (
    <fieldset>
      <legend>{t("collection.wishes")}</legend>
      {wishes.rows.map((row, index) => (
        <div className="filters part" key={row.key}>
          <label className="filter">
            <span>{field("certificate")}</span>
            <select required value={row.level} onChange={(event) => wishes.put(index, { level: event.target.value })}>
              <option value="">—</option>
              {row.level && !levels.some((it) => it.value === row.level) && <option value={row.level}>…</option>}
              {levels.map((it) => (
                <option key={it.value} value={it.value}>
                  {it.label}
                </option>
              ))}
            </select>
          </label>
          <label className="filter">
            <span>{t("asking.quotaAsked")}</span>
            <input
              inputMode="numeric"
              required
              value={row.quota}
              onChange={(event) => wishes.put(index, { quota: event.target.value })}
            />
          </label>
          <Button onClick={() => wishes.remove(index)}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button onClick={() => wishes.add()}>{t("collection.addWish")}</Button>
    </fieldset>
  );
}

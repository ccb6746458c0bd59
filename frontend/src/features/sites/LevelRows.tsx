import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { SiteLevelIn } from "@/api/staff/types.gen.ts";
import { today } from "@/lib/format.ts";
import { useField } from "@/ui/staff/fields.ts";
import { Options } from "@/ui/staff/Labelled.tsx";
import { useLevelsOf } from "@/ui/staff/names.ts";

export type LevelWish = SiteLevelIn;

interface Props {
  organisation: string;
  levels: readonly LevelWish[];
  onChange: (levels: LevelWish[]) => void;
}

/** The levels of the organisation's certificates that are applied for, each with its capacity and period. */
export function LevelRows({ organisation, levels, onChange }: Props) {
  const { t } = useTranslation("staff");
  const field = useField();
  const choices = useLevelsOf(organisation);
  const put = (index: number, change: Partial<LevelWish>): void =>
    onChange(levels.map((it, at) => (at === index ? { ...it, ...change } : it)));
  const fresh: LevelWish = { certificate_level_id: "", capacity: 30, valid_from: today(), valid_to: "" };
  return (
    <fieldset className="rows">
      <legend>{t("places.levels")}</legend>
      {levels.map((level, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own before a level is chosen
        <div className="row" key={`level-${index + 1}`}>
          <label className="filter">
            <span>{field("certificate")}</span>
            <select
              required
              value={level.certificate_level_id}
              onChange={(event) => put(index, { certificate_level_id: event.target.value })}
            >
              <Options of={choices} />
            </select>
          </label>
          <label className="filter">
            <span>{t("places.capacity")}</span>
            <input
              type="number"
              min={1}
              required
              value={level.capacity}
              onChange={(event) => put(index, { capacity: Number(event.target.value) })}
            />
          </label>
          <label className="filter">
            <span>{t("places.validFrom")}</span>
            <input
              type="date"
              required
              value={level.valid_from}
              onChange={(event) => put(index, { valid_from: event.target.value })}
            />
          </label>
          <label className="filter">
            <span>{t("places.validTo")}</span>
            <input
              type="date"
              required
              value={level.valid_to}
              onChange={(event) => put(index, { valid_to: event.target.value })}
            />
          </label>
          <Button onClick={() => onChange(levels.filter((_, at) => at !== index))}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button disabled={organisation === ""} onClick={() => onChange([...levels, fresh])}>
        {t("places.addLevel")}
      </Button>
    </fieldset>
  );
}

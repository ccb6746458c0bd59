import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { JointExamBandIn } from "@/api/staff/types.gen.ts";

interface Props {
  bands: readonly JointExamBandIn[];
  onChange: (bands: JointExamBandIn[]) => void;
}

/** The table: what a total from here on comes to as a grade. With neither score nor word it is the total itself. */
export function Bands({ bands, onChange }: Props) {
  const { t } = useTranslation("staff");
  const put = (index: number, change: Partial<JointExamBandIn>): void =>
    onChange(bands.map((it, at) => (at === index ? { ...it, ...change } : it)));
  return (
    <fieldset className="rows">
      <legend>{t("joint.bands")}</legend>
      <p className="muted">{t("joint.bandsHint")}</p>
      {bands.map((band, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own before they are filled in
        <div className="row" key={`band-${index + 1}`}>
          <label className="filter">
            <span>{t("joint.fromTotal")}</span>
            <input
              inputMode="decimal"
              required
              value={band.from_total}
              onChange={(event) => put(index, { from_total: event.target.value })}
            />
          </label>
          <label className="filter">
            <span>{t("joint.score")}</span>
            <input
              inputMode="decimal"
              disabled={Boolean(band.grade_word)}
              value={band.score ?? ""}
              onChange={(event) => put(index, { score: event.target.value || null })}
            />
          </label>
          <label className="filter">
            <span>{t("joint.word")}</span>
            <input
              disabled={Boolean(band.score)}
              maxLength={32}
              value={band.grade_word ?? ""}
              onChange={(event) => put(index, { grade_word: event.target.value || null })}
            />
          </label>
          <label className="check">
            <input
              type="checkbox"
              checked={band.passed}
              onChange={(event) => put(index, { passed: event.target.checked })}
            />
            {t("joint.passed")}
          </label>
          <Button onClick={() => onChange(bands.filter((_, at) => at !== index))}>{t("common.remove")}</Button>
        </div>
      ))}
      <Button onClick={() => onChange([...bands, { from_total: "", passed: true }])}>{t("joint.addBand")}</Button>
    </fieldset>
  );
}

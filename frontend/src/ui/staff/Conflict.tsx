import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { useWords } from "./words.ts";
import "./conflict.css";

export interface Versions {
  was: object;
  theirs: object;
  mine: Record<string, string>;
  /** What the form calls its fields, where that is not the common word. */
  labels?: Record<string, string>;
}

/** Somebody saved meanwhile: both versions side by side, field by field, before anything is overwritten. */
export function Conflict({ was, theirs, mine, labels }: Versions) {
  const { t } = useTranslation("staff");
  const word = useWords();
  const labelOf = (name: string): string => labels?.[name] ?? word(name, "field");
  const rows = Object.entries(mine).map(([name, value]) => {
    const of = { name, was: valueIn(was, name), theirs: valueIn(theirs, name), mine: value || "—" };
    return { ...of, differs: of.theirs !== of.mine };
  });
  const differing = rows.filter((row) => row.differs);
  const same = rows.length - differing.length;
  return (
    <Alert
      type="warning"
      title={`${t("conflict.title")} · ${t("conflict.count", { count: differing.length })}`}
      description={
        <>
          <p>{t("conflict.hint")}</p>
          <div className="conflict">
            {differing.map((row) => (
              <section key={row.name} className="differs" aria-label={labelOf(row.name)}>
                <h3>
                  {labelOf(row.name)} <small>≠ {t("conflict.differs")}</small>
                </h3>
                <dl>
                  {(["was", "theirs", "mine"] as const).map((side) => (
                    <div key={side} className={side}>
                      <dt>{t(`conflict.${side}`)}</dt>
                      <dd>{row[side] === "on" ? word("true") : row[side]}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          {same > 0 && <p>{t("conflict.same", { count: same })}</p>}
        </>
      }
    />
  );
}

/** A value as its form's field holds it. */
function valueIn(object: object, name: string): string {
  const value: unknown = Reflect.get(object, name);
  if (value === null || value === undefined || value === "") return "—";
  if (value === true) return "on";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

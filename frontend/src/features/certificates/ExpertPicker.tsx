import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PersonOut, ReviewOut } from "@/api/staff/types.gen.ts";
import { useColleges } from "@/ui/staff/names.ts";
import { useWords } from "@/ui/staff/words.ts";
import { useExperts } from "./experts.ts";

/** Experts to be chosen by name; who already has a seat, and whoever is no longer active, cannot be chosen. */
export function ExpertPicker({ review }: { review: ReviewOut }) {
  const { t } = useTranslation("staff");
  const experts = useExperts();
  const rolesOf = useRolesInWords();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const seated = new Set(review.seats.map((it) => it.person_id));
  const fits = (it: PersonOut): boolean => `${it.name} ${it.username}`.toLowerCase().includes(text.toLowerCase());
  const shown = experts.filter((it) => chosen.includes(it.id) || fits(it));
  return (
    <fieldset className="picker">
      <legend>{t("panels.choose")}</legend>
      <label className="field">
        <span>{t("panels.search")}</span>
        <input type="search" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      {shown.length === 0 && <p className="muted">{t("panels.noExperts")}</p>}
      {shown.map((it) => (
        <label className="check" key={it.id}>
          <input
            type="checkbox"
            checked={chosen.includes(it.id)}
            disabled={seated.has(it.id) || it.disabled_at !== null}
            onChange={(event) =>
              setChosen(event.target.checked ? [...chosen, it.id] : chosen.filter((id) => id !== it.id))
            }
          />
          <span>
            {it.name} <span className="muted">{seated.has(it.id) ? t("panels.seated") : rolesOf(it)}</span>
          </span>
        </label>
      ))}
      <input type="hidden" name="people" value={chosen.join(" ")} />
      <p className="muted">{t("panels.chosen", { count: chosen.length })}</p>
      <p className="muted">{t("panels.conflictHint")}</p>
    </fieldset>
  );
}

/** What else a person is, so that whoever chooses sees a conflict coming; whether it is one, the service says. */
function useRolesInWords(): (person: PersonOut) => string {
  const word = useWords();
  const colleges = useColleges();
  return (person) =>
    person.roles
      .filter((it) => it.role !== "expert")
      .map((it) => {
        const college = colleges.find((each) => each.value === it.college_id)?.label;
        return college ? `${word(it.role)}（${college}）` : word(it.role);
      })
      .join("、");
}

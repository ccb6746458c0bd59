import type { Values } from "./FormDialog.tsx";
import type { Choice } from "./names.ts";
import "./checks.css";

/** Several things to tick, sent by their names. */
export function Checks({ label, name, choices }: { label: string; name: string; choices: readonly Choice[] }) {
  if (choices.length === 0) return null;
  return (
    <fieldset className="checks">
      <legend>{label}</legend>
      {choices.map((it) => (
        <label key={it.value} className="check">
          <input type="checkbox" name={`${name}.${it.value}`} /> {it.label}
        </label>
      ))}
    </fieldset>
  );
}

/** What was ticked under a name. */
export function ticked(values: Values, name: string): string[] {
  return Object.keys(values).flatMap((key) => (key.startsWith(`${name}.`) ? [key.slice(name.length + 1)] : []));
}

import type { ReactNode } from "react";
import type { Choice } from "./names.ts";

interface Props {
  label: string;
  fault?: string | undefined;
  hint?: string | undefined;
  children: ReactNode;
}

/** One control of a page's form with its label, and below it what is wrong or what helps. */
export function Labelled({ label, fault, hint, children }: Props) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label className="field">
      <span>{label}</span>
      {children}
      {(fault || hint) && <small className={fault ? "fault" : undefined}>{fault ?? hint}</small>}
    </label>
  );
}

/** The options of a select, the empty one first. */
export function Options({ of, empty = "—" }: { of: readonly Choice[]; empty?: string | null }) {
  return (
    <>
      {empty !== null && <option value="">{empty}</option>}
      {of.map((it) => (
        <option key={it.value} value={it.value}>
          {it.label}
        </option>
      ))}
    </>
  );
}

/** Words of states, roles, kinds and deeds; what the API adds later is shown as it is written. */

import { useTranslation } from "react-i18next";

/** Where a code is looked up: what one word means depends on what it is said of. */
export type Group =
  | "word"
  | "deed"
  | "field"
  | "say"
  | "cost"
  | "payer"
  | "inKind"
  | "charge"
  | "cause"
  | "guarantee"
  | "outlook"
  | "settlement"
  | "reporting"
  | "supervising"
  | "guided"
  | "post"
  | "did"
  | "train"
  | "qualification"
  | "jobKind";

export function useWords(): (code: string | null | undefined, group?: Group) => string {
  const { t } = useTranslation("staff");
  return (code, group = "word") => {
    if (code === null || code === undefined || code === "") return "—";
    const key: string = `${group}.${code}`;
    return String(t(key as never, { defaultValue: code } as never));
  };
}

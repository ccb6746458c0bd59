/** Changing what somebody else may have changed meanwhile: nobody overwrites what they have not seen. */

import { useState } from "react";
import type { Versions } from "./Conflict.tsx";

/** What a change is checked against, and how two versions of it stand side by side. */
export interface Changed<Copy> {
  /** The copy that was shown when the form was opened. */
  shown: Copy;
  /** Reads it as it is now. */
  read: () => Promise<Copy>;
  /** A copy in the words of its form's fields, where those are not the copy's own. */
  told?: (copy: Copy) => object;
  labels?: Record<string, string>;
}

/** The copy whose version whoever saves has seen, and both versions once they have been read beside each other. */
export function useOverwriting<Copy extends object>(
  change: Changed<Copy> | undefined,
): {
  over: Copy | undefined;
  sides: Versions | null;
  compare: (mine: Record<string, string>) => Promise<void>;
} {
  const [over, setOver] = useState(change?.shown);
  const [sides, setSides] = useState<Versions | null>(null);
  const compare = async (mine: Record<string, string>): Promise<void> => {
    if (!change || !over) return;
    const { told = (copy: Copy): object => copy, labels } = change;
    const theirs = await change.read();
    setSides({ was: told(over), theirs: told(theirs), mine, ...(labels && { labels }) });
    setOver(theirs);
  };
  return { over, sides, compare };
}

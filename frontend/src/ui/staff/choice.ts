/** Rows of a list that are chosen to be dealt with together; another page of the list keeps what was chosen. */

import { useState } from "react";
import type { Choice } from "./Grid.tsx";

interface Decidable {
  id: string;
  allowed_deeds: readonly string[];
}

export interface Chosen<Row> {
  rows: Row[];
  ids: string[];
  /** What may be done with every one of them. */
  allowed: string[];
  choice: Choice;
  clear: () => void;
}

export function useChosen<Row extends Decidable>(): Chosen<Row> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  const onChoose = (key: string, isChosen: boolean, row: unknown): void => {
    const next = new Map(chosen);
    if (isChosen) next.set(key, row as Row);
    else next.delete(key);
    setChosen(next);
  };
  const rows = [...chosen.values()];
  const [first, ...others] = rows;
  return {
    rows,
    ids: [...chosen.keys()],
    allowed: (first?.allowed_deeds ?? []).filter((deed) => others.every((it) => it.allowed_deeds.includes(deed))),
    choice: { chosen: new Set(chosen.keys()), onChoose },
    clear: () => setChosen(new Map()),
  };
}

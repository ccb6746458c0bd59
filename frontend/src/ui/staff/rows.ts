/** Rows of a form that are added, changed and removed; each keeps its own key, so that removing one moves no other. */

import { useState } from "react";

export interface Rows<Row> {
  rows: readonly (Row & { key: string })[];
  add: (row?: Partial<Row>) => void;
  put: (index: number, change: Partial<Row>) => void;
  remove: (index: number) => void;
}

let last = 0;

function keyed<Row>(row: Row): Row & { key: string } {
  last += 1;
  return { ...row, key: `row-${last}` };
}

export function useRows<Row extends object>(fresh: Row, initial: readonly Row[] = []): Rows<Row> {
  const [rows, setRows] = useState(() => initial.map(keyed));
  return {
    rows,
    add: (row) => setRows([...rows, keyed({ ...fresh, ...row })]),
    put: (index, change) => setRows(rows.map((it, at) => (at === index ? { ...it, ...change } : it))),
    remove: (index) => setRows(rows.filter((_, at) => at !== index)),
  };
}

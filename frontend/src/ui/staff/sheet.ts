/** A list as a workbook, made in the browser: the rows of every page, the columns that are shown, as they are shown. */

import type { SheetData } from "write-excel-file/universal";
import { textOf, type Word } from "./cells.ts";
import type { Column } from "./Grid.tsx";

/** A list of more rows is cut: whoever needs all of them narrows the filters. */
export const ROWS_MAX = 5_000;

interface Page<Row> {
  items: Row[];
  next_page_token: string | null;
}

/** Ask for page after page, up to the most; tell whether more would have come. */
export async function everyRow<Row>(
  read: (at: string | null) => Promise<Page<Row>>,
): Promise<{ rows: Row[]; isCut: boolean }> {
  const rows: Row[] = [];
  let at: string | null = null;
  do {
    const page: Page<Row> = await read(at);
    rows.push(...page.items);
    at = page.next_page_token;
  } while (at !== null && rows.length < ROWS_MAX);
  return { rows, isCut: at !== null };
}

/** Cells that are columns of text: numbers of certificates and documents keep their zeros, no cell is a formula. */
export function cellsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[], word: Word): SheetData {
  const head = columns.map((column) => ({ value: column.title, fontWeight: "bold" as const }));
  const body = rows.map((row) =>
    columns.map((column) => {
      const shown = column.show(row);
      return column.isNumber && typeof shown === "number"
        ? { value: shown, type: Number }
        : { value: textOf(shown, word), type: String };
    }),
  );
  return [head, ...body];
}

/** The writer is loaded when the first workbook is asked for. */
export async function workbook(cells: SheetData, widths: readonly number[]): Promise<Blob> {
  const { default: write } = await import("write-excel-file/universal");
  return await write(cells, { columns: widths.map((width) => ({ width })), stickyRowsCount: 1 }).toBlob();
}

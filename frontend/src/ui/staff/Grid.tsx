import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  title: string;
  show: (row: Row) => ReactNode;
  /** Numbers stand right. */
  isNumber?: boolean;
}

/** Rows that are chosen to be dealt with together. */
export interface Choice {
  chosen: ReadonlySet<string>;
  onChoose: (key: string, isChosen: boolean, row: unknown) => void;
}

export interface GridProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row, index: number) => string;
  /** Where a row leads; its first column is the link. */
  to?: (row: Row) => string;
  choice?: Choice | undefined;
}

/** A table that scrolls inside a region the keyboard reaches; on a phone each row is a card. */
export function Grid<Row>({ label, columns, rows, keyOf, to, choice }: GridProps<Row>) {
  const cell = (row: Row, column: Column<Row>, index: number): ReactNode => {
    const shown = column.show(row);
    return index === 0 && to ? <Link to={to(row) as never}>{shown}</Link> : shown;
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard
    <section className="grid" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {choice && (
              <th>
                <span className="visually-hidden">✓</span>
              </th>
            )}
            {columns.map((column) => (
              <th key={column.key} scope="col" className={column.isNumber ? "number" : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, position) => {
            const key = keyOf(row, position);
            return (
              <tr key={key}>
                {choice && (
                  <td>
                    <input
                      type="checkbox"
                      checked={choice.chosen.has(key)}
                      aria-label={String(columns[0]?.show(row) ?? key)}
                      onChange={(event) => choice.onChoose(key, event.target.checked, row)}
                    />
                  </td>
                )}
                {columns.map((column, index) => (
                  <td key={column.key} data-title={column.title} className={column.isNumber ? "number" : undefined}>
                    {cell(row, column, index)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

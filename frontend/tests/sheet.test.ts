import { createElement } from "react";
import { expect, test } from "vitest";
import { State } from "@/ui/staff/State.tsx";
import { cellsOf, everyRow, ROWS_MAX, workbook } from "@/ui/staff/sheet.ts";

const word = (code: string | null | undefined): string => `<${code}>`;

test("rows are asked for page after page until there are no more", async () => {
  const pages: Record<string, { items: number[]; next_page_token: string | null }> = {
    "": { items: [1, 2], next_page_token: "b" },
    b: { items: [3], next_page_token: null },
  };
  const asked: (string | null)[] = [];
  const found = await everyRow(async (at) => {
    asked.push(at);
    return pages[at ?? ""] ?? { items: [], next_page_token: null };
  });
  expect(found).toEqual({ rows: [1, 2, 3], isCut: false });
  expect(asked).toEqual([null, "b"]);
});

test("a list without end is cut, and that is told", async () => {
  const found = await everyRow(async () => ({ items: Array(100).fill(0), next_page_token: "on" }));
  expect(found.rows).toHaveLength(ROWS_MAX);
  expect(found.isCut).toBe(true);
});

test("cells say what is shown: numbers as numbers, everything else as text that is no formula", () => {
  const columns = [
    { key: "code", title: "Code", show: (it: { code: string }) => createElement("code", null, it.code) },
    { key: "state", title: "State", show: () => createElement(State, { of: "valid" }) },
    { key: "count", title: "Count", show: () => 7, isNumber: true },
  ];
  const [, row] = cellsOf(columns, [{ code: "=1+1" }], word);
  expect(row).toEqual([
    { value: "=1+1", type: String },
    { value: "<valid>", type: String },
    { value: 7, type: Number },
  ]);
});

test("the workbook is a real one", async () => {
  const file = await workbook([["a"], ["00123"]], [14]);
  const head = new Uint8Array(await file.arrayBuffer()).slice(0, 2);
  expect([...head]).toEqual([0x50, 0x4b]);
});

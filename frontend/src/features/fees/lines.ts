/** A sheet's lines as they are filled in: everything a text, money in yuan. */

import type { CostElement, CostLineIn, CostPayer, CostSheetOut, InKind } from "@/api/staff/types.gen.ts";
import { fenOf, yuanText } from "@/lib/money.ts";

export const ELEMENTS: readonly CostElement[] = [
  "question_bank",
  "paper_setting",
  "printing",
  "marking",
  "certificate_printing",
  "assessors",
  "system_support",
  "venue",
  "administration",
  "consumables",
];
export const PAYERS: readonly CostPayer[] = ["institution", "college", "organisation", "subsidy", "student"];
export const IN_KIND: readonly InKind[] = ["venue", "equipment", "staff"];

export interface Entered {
  /** Names the line while it is filled in. */
  key: number;
  /** Its place in the sheet as it was saved; what was found about it stands there. */
  position: number | null;
  element: string;
  payer: string;
  in_kind: string;
  quantity: string;
  unit_cost: string;
  spread_over: string;
  basis: string;
}

export function enteredOf(sheet: CostSheetOut): Entered[] {
  return sheet.lines.map((it, key) => ({
    key,
    position: it.position,
    element: it.element,
    payer: it.payer,
    in_kind: it.in_kind ?? "",
    quantity: it.quantity,
    unit_cost: yuanText(it.unit_cost_fen),
    spread_over: it.spread_over === null ? "" : String(it.spread_over),
    basis: it.basis,
  }));
}

export function freshLine(key: number): Entered {
  const blank = { in_kind: "", unit_cost: "", spread_over: "", basis: "" };
  return { key, position: null, element: "", payer: "institution", quantity: "1.00", ...blank };
}

export function lineOf(it: Entered): CostLineIn {
  return {
    element: it.element as CostElement,
    payer: it.payer as CostPayer,
    in_kind: (it.in_kind || null) as InKind | null,
    quantity: it.quantity,
    unit_cost_fen: fenOf(it.unit_cost),
    spread_over: it.spread_over ? Number(it.spread_over) : null,
    basis: it.basis,
  };
}

/** The lines in one text, for comparing what two people made of a sheet. */
export function toldLines(lines: readonly Entered[], word: (code: string) => string): string {
  return lines.map((it) => `${word(it.element)} ${it.quantity} × ${it.unit_cost}`).join("；");
}

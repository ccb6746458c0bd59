/** What a cell says, as text: for files, where a link or a coloured word is only its words. */

import { isValidElement, type ReactNode } from "react";
import { Deeds } from "./Deeds.tsx";
import { State } from "./State.tsx";

export type Word = (code: string | null | undefined) => string;

export function textOf(node: ReactNode, word: Word): string {
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (typeof node === "string" || typeof node === "number") return String(node);
  if (Array.isArray(node)) return node.map((it: ReactNode) => textOf(it, word)).join("");
  if (!isValidElement(node)) return "";
  const props = node.props as { of?: string | null; children?: ReactNode };
  if (node.type === Deeds) return "";
  return node.type === State ? word(props.of) : textOf(props.children, word);
}

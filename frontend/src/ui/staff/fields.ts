/** The names of fields, checked by the compiler. */

import { useTranslation } from "react-i18next";
import type people from "@/messages/zh/staff-people.ts";
import type words from "@/messages/zh/staff-words.ts";

/** What may be waiting for somebody. */
export type TodoName = keyof typeof people.todo;

export type FieldName = keyof typeof words.field;

export function useField(): (name: FieldName) => string {
  const { t } = useTranslation("staff");
  return (name) => t(`field.${name}`);
}

/** Moments in fields of day and time: always in the time of Shanghai, as they are shown. */

import { instant } from "@/lib/format.ts";

/** The moment that a field of day and time names: always in the time of Shanghai. */
export function momentOf(local: string): string {
  return `${local.length === 16 ? `${local}:00` : local}+08:00`;
}

/** A moment as a field of day and time holds it. */
export function localOf(value: string | null | undefined): string {
  return value ? instant(value).replace(" ", "T") : "";
}

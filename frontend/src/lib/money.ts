/** Yuan as people write them, and the whole fen that the API counts. */

/** What a field of yuan takes: at most two places, nothing below zero. */
export const YUAN_PATTERN = "[0-9]{1,9}([.][0-9]{1,2})?";

/** The fen of an amount in yuan; what is no amount becomes no number, and the API says so. */
export function fenOf(yuan: string | undefined): number {
  const found = new RegExp(`^${YUAN_PATTERN}$`).exec((yuan ?? "").trim());
  if (!found) return Number.NaN;
  const [whole = "0", places = ""] = found[0].split(".");
  return Number(whole) * 100 + Number(places.padEnd(2, "0"));
}

/** Whole fen as the plain text of a field. */
export function yuanText(fen: number | null | undefined): string {
  return fen === null || fen === undefined ? "" : (fen / 100).toFixed(2);
}

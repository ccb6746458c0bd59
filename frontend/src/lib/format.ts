/** How instants, dates, money and shares are written: in the time of Shanghai, whatever the machine says. */

const instants = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  dateStyle: "short",
  timeStyle: "short",
});
const dates = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" });

export function instant(value: string | null | undefined): string {
  return value ? instants.format(new Date(value)) : "—";
}

export function today(): string {
  return dates.format(new Date());
}

/** Whole fen as yuan with two places. */
export function yuan(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return "—";
  const amount = (Math.abs(fen) / 100).toLocaleString("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${fen < 0 ? "-\u2060" : ""}¥${amount}`;
}

/** A share with its numerator and denominator; an empty denominator is no share at all. */
export function share(part: number, whole: number): string {
  return whole === 0 ? "—" : `${((part / whole) * 100).toFixed(1)}% (${part}/${whole})`;
}

/** Days from today until a date: negative when it has passed. */
export function daysUntil(date: string): number {
  return Math.round((Date.parse(date) - Date.parse(today())) / 86_400_000);
}

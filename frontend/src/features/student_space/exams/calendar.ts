/** A calendar file (RFC 5545) of one exam, made on the phone from what is shown there, so that it works offline too. */

export interface CalendarEntry {
  /** Stays the same for the same exam, so that a calendar replaces what it has. */
  id: string;
  title: string;
  place: string;
  notes: string;
  startsAt: string;
  endsAt: string;
  /** What the phone says a day before. */
  reminder: string;
}

const LINE_OCTETS = 75;
const SHANGHAI_AHEAD_MS = 8 * 3_600_000;
/** China has one time and has not changed its clocks since 1991. */
const ZONE = [
  "BEGIN:VTIMEZONE",
  "TZID:Asia/Shanghai",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0800",
  "TZOFFSETTO:+0800",
  "TZNAME:CST",
  "END:STANDARD",
  "END:VTIMEZONE",
];

const octets = (text: string): number => new TextEncoder().encode(text).length;

/** Lines of at most 75 octets; one that goes on begins with a space, and no character is torn apart. */
export function fold(line: string): string {
  const parts: string[] = [];
  let part = "";
  for (const character of line) {
    if (octets(part + character) > LINE_OCTETS) {
      parts.push(part);
      part = " ";
    }
    part += character;
  }
  return [...parts, part].join("\r\n");
}

export function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
}

const basic = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "");
const inShanghai = (instant: string): string => basic(Date.parse(instant) + SHANGHAI_AHEAD_MS);

export function calendarOf(entry: CalendarEntry, now: number): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//X-Pilot//student space//ZH",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...ZONE,
    "BEGIN:VEVENT",
    `UID:${entry.id}@x-pilot`,
    `DTSTAMP:${basic(now)}Z`,
    // A later file is the newer one: it replaces what an earlier one put there.
    `SEQUENCE:${Math.floor(now / 60_000)}`,
    `DTSTART;TZID=Asia/Shanghai:${inShanghai(entry.startsAt)}`,
    `DTEND;TZID=Asia/Shanghai:${inShanghai(entry.endsAt)}`,
    `SUMMARY:${escapeText(entry.title)}`,
    `LOCATION:${escapeText(entry.place)}`,
    `DESCRIPTION:${escapeText(entry.notes)}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "TRIGGER:-P1D",
    `DESCRIPTION:${escapeText(entry.reminder)}`,
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return `${lines.map(fold).join("\r\n")}\r\n`;
}

import { expect, test } from "vitest";
import { calendarOf, escapeText, fold } from "@/features/student_space/exams/calendar.ts";

const ENTRY = {
  id: "r1",
  title: "智能财税职业技能等级证书 · 中级",
  place: "实训中心考点, 江苏省淮安市高教园区枚乘东路 8 号",
  notes: "机房三；12 号座位\n准考证号 20260001",
  startsAt: "2026-12-31T23:30:00Z",
  endsAt: "2027-01-01T02:00:00Z",
  reminder: "明天考试",
};
const NOW = Date.parse("2026-11-28T08:00:00Z");
const octets = (text: string): number => new TextEncoder().encode(text).length;

test("no line is longer than 75 octets, and unfolded it is what was written", () => {
  const line = `DESCRIPTION:${"学习成果".repeat(30)}😀${"a".repeat(200)}`;
  const folded = fold(line);
  const lines = folded.split("\r\n");
  expect(lines.length).toBeGreaterThan(5);
  expect(Math.max(...lines.map(octets))).toBeLessThanOrEqual(75);
  expect(folded.replaceAll("\r\n ", "")).toBe(line);
});

test("what a calendar would take for its own is escaped", () => {
  expect(escapeText("a,b;c\\d\ne")).toBe("a\\,b\\;c\\\\d\\ne");
});

test("the exam is written in Shanghai's time with its zone, whatever the phone's", () => {
  const text = calendarOf(ENTRY, NOW);
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  expect(lines[0]).toBe("BEGIN:VCALENDAR");
  expect(lines.at(-1)).toBe("");
  expect(lines).toContain("DTSTART;TZID=Asia/Shanghai:20270101T073000");
  expect(lines).toContain("DTEND;TZID=Asia/Shanghai:20270101T100000");
  expect(lines).toContain("DTSTAMP:20261128T080000Z");
  expect(lines).toContain("UID:r1@x-pilot");
  expect(lines).toContain("TZID:Asia/Shanghai");
  expect(text).not.toMatch(/[^\r]\n/);
  const sequence = (at: number): number => Number(/SEQUENCE:(\d+)/.exec(calendarOf(ENTRY, at))?.[1]);
  expect(sequence(NOW + 60_000)).toBe(sequence(NOW) + 1);
});

import { describe, expect, it } from "vitest";
import { fenOf, yuanText } from "@/lib/money.ts";

describe("yuan and fen", () => {
  it("counts in whole fen, never by fractions", () => {
    expect(fenOf("503")).toBe(50300);
    expect(fenOf("0.29")).toBe(29);
    expect(fenOf("19.9")).toBe(1990);
    expect(fenOf(" 4.35 ")).toBe(435);
    expect(fenOf("999999999.99")).toBe(99999999999);
  });

  it("takes nothing that is no amount", () => {
    for (const text of ["", "-1", "1.234", "1,000", "1e3", "abc", "1.", undefined]) expect(fenOf(text)).toBeNaN();
  });

  it("writes what it reads", () => {
    for (const fen of [0, 1, 29, 50300, 99999999999]) expect(fenOf(yuanText(fen))).toBe(fen);
    expect(yuanText(null)).toBe("");
  });
});

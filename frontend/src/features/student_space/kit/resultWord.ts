import type { OwnResultOut } from "@/api/light/types.gen.ts";
import type { useWord } from "./words.ts";

/** What a result comes to, in one word. */
export function resultWord(
  it: OwnResultOut,
  t: (key: "result.passed" | "result.failed" | "result.none") => string,
  word: ReturnType<typeof useWord>,
): string {
  if (it.activity !== "present") return word("activity", it.activity);
  if (it.grading === "voided") return word("grading", it.grading);
  return it.passed === null ? t("result.none") : t(it.passed ? "result.passed" : "result.failed");
}

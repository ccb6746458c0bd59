/** How good or pressing a state is; the word beside it says which one it is. */

import type { OwnResultOut } from "@/api/light/types.gen.ts";
import type { Tone } from "./Tag.tsx";

export function registrationTone(state: string): Tone {
  if (state === "accepted" || state === "locked") return "good";
  if (state === "refused") return "bad";
  return state === "withdrawn" ? "plain" : "wait";
}

export function resultTone(it: OwnResultOut): Tone {
  if (it.grading === "voided" || it.activity !== "present") return "plain";
  if (it.passed === null) return "wait";
  return it.passed ? "good" : "bad";
}

export function awardTone(state: string): Tone {
  if (state === "valid") return "good";
  return state === "revoked" ? "bad" : "wait";
}

export function conversionTone(state: string): Tone {
  if (state === "granted") return "good";
  if (state === "refused" || state === "lapsed" || state === "unwound") return "bad";
  return state === "withdrawn" ? "plain" : "wait";
}

/** The kinds of limits as the API names them, and which fields of the form each has: where it holds, and its figure. */

import type { LimitCode } from "@/api/staff/types.gen.ts";

interface Asks {
  scope?: "certificate_level_id" | "certificate_id" | "level";
  isScopeOptional?: boolean;
  figure?: "credit" | "percent" | "days" | "categories" | "family";
}

export const ASKS: Record<LimitCode, Asks> = {
  per_certificate: { scope: "certificate_level_id", isScopeOptional: true, figure: "credit" },
  credit_bank: { scope: "certificate_level_id", isScopeOptional: true, figure: "credit" },
  share_of_graduation: { figure: "percent" },
  one_certificate_per_course: {},
  replaced_once: {},
  level_categories: { scope: "level", figure: "categories" },
  highest_level: { scope: "certificate_id", figure: "family" },
  not_passed: {},
  notice_days: { figure: "days" },
};

export const LIMIT_CODES = Object.keys(ASKS) as LimitCode[];

export const CATEGORIES = ["public", "foundation", "core", "extension", "practice", "elective"];

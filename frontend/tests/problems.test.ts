import { expect, test } from "vitest";
import { problemOf } from "@/lib/problems.ts";

test("a failure without an answer is told from a refusal", () => {
  expect(problemOf(new TypeError("Failed to fetch")).status).toBe(0);
  expect(problemOf({ code: "ceiling_missing", status: 409 }).status).toBe(409);
});

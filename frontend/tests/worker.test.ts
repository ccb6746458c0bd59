import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const text = readFileSync(join(import.meta.dirname, "../scripts/worker.js"), "utf8");
const paths = new RegExp(/OWN_PATHS =\s*\/(.+)\/;/.exec(text)?.[1] ?? "nothing");

test("the device keeps what is the student's own, tickets and fees too", () => {
  for (const path of [
    "/v1/me",
    "/v1/me/registrations",
    "/v1/me/registrations/r1/ticket",
    "/v1/charges",
    "/v1/me/awards",
  ]) {
    expect(paths.test(path), path).toBe(true);
  }
});

test("the device keeps nothing of where somebody is signed in, and nothing of others", () => {
  for (const path of [
    "/v1/me/sessions",
    "/v1/me/second-factor",
    "/v1/me/changes",
    "/v1/students",
    "/v1/charges/c1",
    "/v1/auth/token",
  ]) {
    expect(paths.test(path), path).toBe(false);
  }
});

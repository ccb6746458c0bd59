import { beforeEach, expect, test, vi } from "vitest";
import { newId } from "./ids.ts";

const DEVICE = "01a00000-0000-7000-8000-000000000001";

async function fresh() {
  vi.resetModules();
  return import("./waiting.ts");
}

function entry(nonce: string, device_id = DEVICE) {
  return {
    device_id,
    check_in: {
      nonce,
      claim: "present" as const,
      room_id: "room",
      seen_at: "2026-11-28T09:00:00Z",
      registration_id: "r",
    },
  };
}

const nonces = (waiting: readonly { check_in: { nonce: string } }[]) => waiting.map((it) => it.check_in.nonce);

beforeEach(() => localStorage.clear());

test("what was recorded is there after the page was closed", async () => {
  (await fresh()).bookOf("me", "sitting").add(entry("a"));
  const again = (await fresh()).bookOf("me", "sitting");
  expect(nonces(again.read())).toEqual(["a"]);
});

test("what was sent is struck out, and what another page wrote down meanwhile stays", async () => {
  const here = (await fresh()).bookOf("me", "sitting");
  here.add(entry("a"));
  const there = (await fresh()).bookOf("me", "sitting");
  there.add(entry("b"));
  expect(nonces(here.strike(new Set(["a"])))).toEqual(["b"]);
  expect(nonces((await fresh()).bookOf("me", "sitting").read())).toEqual(["b"]);
});

test("each person and sitting has a book of its own", async () => {
  const { bookOf } = await fresh();
  bookOf("me", "sitting").add(entry("a"));
  expect(bookOf("somebody else", "sitting").read()).toEqual([]);
  expect(bookOf("me", "another sitting").read()).toEqual([]);
});

test("a browser that keeps nothing still sends what this page recorded", async () => {
  const refused = vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new Error("full");
  });
  const book = (await fresh()).bookOf("me", "sitting");
  book.add(entry("a"));
  expect(nonces(book.read())).toEqual(["a"]);
  refused.mockRestore();
});

test("one request holds what one device recorded, the oldest first", async () => {
  const { nextOf } = await fresh();
  const waiting = [entry("a"), entry("b", "another"), entry("c")];
  expect(nextOf(waiting)).toEqual({ device_id: DEVICE, check_ins: [entry("a").check_in, entry("c").check_in] });
  expect(nextOf([])).toBeNull();
});

test("no name and no number is written down", async () => {
  (await fresh()).bookOf("me", "sitting").add(entry("a"));
  const kept = JSON.parse(localStorage.getItem("xpilot.check-ins.me.sitting") ?? "[]") as object[];
  expect(Object.keys(kept[0] ?? {})).toEqual(["device_id", "check_in"]);
});

test("a new id is one that the service takes", () => {
  const ids = new Set(Array.from({ length: 500 }, newId));
  expect(ids.size).toBe(500);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

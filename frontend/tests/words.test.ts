import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SRC = join(import.meta.dirname, "../src");
const words = import.meta.glob<{ default: Record<string, object | string> }>("../src/messages/zh/student*.ts", {
  eager: true,
});

/** Every sentence that a file of words has, as `section.name`. */
function keysOf(name: string): string[] {
  const said = words[`../src/messages/zh/${name}.ts`]?.default ?? {};
  return Object.entries(said).flatMap(([section, inside]) =>
    typeof inside === "string" ? [section] : Object.keys(inside).map((key) => `${section}.${key}`),
  );
}

/** The text of a component and of all it imports from the student space. */
function textOf(path: string, seen = new Set<string>()): string {
  if (seen.has(path)) return "";
  seen.add(path);
  const text = readFileSync(path, "utf8");
  const beside = [...text.matchAll(/from "(\.[^"]+)"/g)].map((found) => join(path, "..", found[1] ?? ""));
  return [text, ...beside.map((it) => textOf(it, seen))].join("\n");
}

test("each page of the student space loads the words that it says", () => {
  const missing: string[] = [];
  for (const file of readdirSync(join(SRC, "routes/m"))) {
    const route = readFileSync(join(SRC, "routes/m", file), "utf8");
    const page = /from "@\/(features\/student_space\/[^"]+)"/.exec(route)?.[1] ?? "";
    const loaded = [...(/loadMessages\((.+?)\)/.exec(route)?.[1] ?? "").matchAll(/"(.+?)"/g)].map((it) => it[1] ?? "");
    const known = new Set(["student", ...loaded].flatMap(keysOf));
    const isOfAll = (key: string): boolean => key.startsWith("action.");
    const text = textOf(join(SRC, page));
    const said = [
      ...text.matchAll(/[^\w]t\(\s*[^()]*?"([a-zA-Z]+\.[a-zA-Z0-9]+)"(?:[^()"]*"([a-zA-Z]+\.[a-zA-Z0-9]+)")?/g),
    ];
    for (const key of said.flatMap((it) => [it[1], it[2]]))
      if (key && !known.has(key) && !isOfAll(key)) missing.push(`${file}: ${key}`);
    for (const [, kind] of text.matchAll(/word\("([a-zA-Z]+)"/g)) {
      if (kind && ![...known].some((key) => key.startsWith(`${kind}.`))) missing.push(`${file}: ${kind}`);
    }
  }
  expect(missing).toEqual([]);
});

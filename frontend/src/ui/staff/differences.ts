/** What others changed in the objects that a page shows, told by the copies of before and after. */

import type { QueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { etagOf } from "@/lib/http.ts";
import { useWords } from "./words.ts";

type Copies = ReadonlyMap<string, Record<string, unknown>>;

export interface Told {
  before: Copies;
  after: Copies;
}

export interface Difference {
  name: string;
  label: string;
  was: string;
  now: string;
}

/** The objects on the page that a change is checked against. */
function copies(client: QueryClient): Copies {
  const shown = client.getQueryCache().findAll({ type: "active" });
  return new Map(
    shown.flatMap((query) => {
      const data: unknown = query.state.data;
      return data && typeof data === "object" && etagOf(data) ? [[query.queryHash, { ...data }] as const] : [];
    }),
  );
}

/** Read everything on the page again, and keep what it was. */
export async function readAgain(client: QueryClient): Promise<Told> {
  const before = copies(client);
  await client.invalidateQueries();
  return { before, after: copies(client) };
}

/** The fields that differ and have a name for people. */
export function useDifferences({ before, after }: Told): Difference[] {
  const { i18n } = useTranslation("staff");
  const word = useWords();
  const text = (value: unknown): string => (typeof value === "string" ? word(value) : String(value ?? "—"));
  return [...before].flatMap(([key, was]) => {
    const now = after.get(key);
    if (!now || etagOf(now) === etagOf(was)) return [];
    return Object.keys(was).flatMap((name) => {
      const isNamed = i18n.exists(`field.${name}`, { ns: "staff" });
      const isPlain = [was[name], now[name]].every((value) => value === null || typeof value !== "object");
      if (!isNamed || !isPlain || was[name] === now[name]) return [];
      return [{ name, label: word(name, "field"), was: text(was[name]), now: text(now[name]) }];
    });
  });
}

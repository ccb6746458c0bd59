/** The state of a list lives in its address: filters, place and columns can be sent to a colleague as a link. */

import { useNavigate, useSearch } from "@tanstack/react-router";
import { useShownAtOnce } from "@/lib/shown.ts";

export type Search = Record<string, string>;

/** Keep whatever an address holds as texts; each page reads the names it knows, the API refuses others. */
export function anySearch(search: Record<string, unknown>): Search {
  const pairs = Object.entries(search).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value)]));
}

/** What the address holds, and how to change it. */
export function useUrlState(): [Search, (change: Record<string, string | undefined>) => void] {
  const search = useSearch({ strict: false }) as Search;
  const [shown, choose] = useShownAtOnce(search);
  const navigate = useNavigate();
  const change = (changes: Record<string, string | undefined>): void => {
    const next = anySearch({ ...shown, ...changes });
    choose(next, () => navigate({ to: ".", search: next as never, replace: !("at" in changes) }));
  };
  return [shown, change];
}

/** What a system of an organisation may be let do. */

import { useWords } from "@/ui/staff/words.ts";

export const SCOPES = ["plans:read", "candidates:read", "results:write", "events:read", "certificates:read"] as const;

/** The word of a scope: a colon would be taken for a file of words. */
export function useScopeWord(): (scope: string) => string {
  const word = useWords();
  return (scope) => {
    const key = `scope_${scope.replace(":", "_")}`;
    const said = word(key);
    return said === key ? scope : said;
  };
}

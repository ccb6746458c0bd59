/** What a person reads instead of the codes of fees. */

import { useQuery } from "@tanstack/react-query";
import { listCertificatesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMe } from "@/auth/me.ts";
import type { Choice } from "@/ui/staff/names.ts";
import { useWords } from "@/ui/staff/words.ts";

export const FORMS = ["paper", "computer", "ordinary_practical", "special_practical"] as const;
export const LEVELS = ["1", "2", "3"] as const;

/** The levels one may speak for: all of them, or those of one's own organisation's certificates. */
export function useOwnLevels(): Choice[] {
  const word = useWords();
  const { organisation_id } = useMe();
  const query = { page_size: 100, ...(organisation_id && { organisation_id }) };
  const { data } = useQuery({ ...listCertificatesOptions({ query }), staleTime: 5 * 60_000 });
  return (data?.items ?? []).flatMap((it) =>
    it.levels.map((level) => ({ value: level.id, label: `${it.name} ${word(`level_${level.level}`)}` })),
  );
}

export function useLevelNumbers(): Choice[] {
  const word = useWords();
  return LEVELS.map((value) => ({ value, label: word(`level_${value}`) }));
}

/** The year in Shanghai that a list of a year begins with. */
export function thisYear(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", year: "numeric" }).format(new Date());
}

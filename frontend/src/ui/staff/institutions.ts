/** The institutions an organisation deals with, as its own lists name them: where it has sites, plans or a demand. */

import { useQuery } from "@tanstack/react-query";
import {
  listAssessmentSitesOptions,
  listExamPlansOptions,
  listSiteDemandOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMe } from "@/auth/me.ts";
import type { Choice } from "@/ui/staff/names.ts";

const query = { page_size: 100 } as const;

export function useInstitutions(): Choice[] {
  const enabled = useMe().institution_id === null;
  const sites = useQuery({ ...listAssessmentSitesOptions({ query }), enabled });
  const plans = useQuery({ ...listExamPlansOptions({ query }), enabled });
  const demand = useQuery({ ...listSiteDemandOptions({ query }), enabled });
  const named = [sites.data, plans.data, demand.data].flatMap((page) =>
    (page?.items ?? []).map((it) => [it.institution_id, it.institution_name] as const),
  );
  return [...new Map(named)].map(([value, label]) => ({ value, label }));
}

/** Whom a measure can be given to, and whose college a finding is. */

import { useQuery } from "@tanstack/react-query";
import { listGuidancePeopleOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { type Choice, useColleges } from "@/ui/staff/names.ts";
import { useWords } from "@/ui/staff/words.ts";

export function useOwners(collegeId: string): Choice[] {
  const word = useWords();
  const enabled = useMay()("guidance:read");
  const query = { page_size: 100, college_id: collegeId, with_teachers: true };
  const { data } = useQuery({ ...listGuidancePeopleOptions({ query }), staleTime: 5 * 60_000, enabled });
  return (data?.items ?? []).map((it) => ({
    value: it.person_id,
    label: `${it.name}（${[...it.college_names, ...it.roles.map((role) => word(role, "supervising"))].join(" · ")}）`,
  }));
}

/** The colleges somebody may find something at: all for the office, else their own. */
export function useOwnColleges(): { options: Choice[]; initial: string } {
  const me = useMe();
  const colleges = useColleges();
  const isOffice = me.college_ids.length === 0;
  return {
    options: isOffice ? colleges : colleges.filter((it) => me.college_ids.includes(it.value)),
    initial: me.college_ids[0] ?? "",
  };
}

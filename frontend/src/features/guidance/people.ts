/** The staff somebody is chosen from, and the parties. */

import { useQuery } from "@tanstack/react-query";
import { listGuidancePeopleOptions, listOutsidePartiesOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";
import { type Choice, useColleges } from "@/ui/staff/names.ts";
import { useWords } from "@/ui/staff/words.ts";

const LONG = { staleTime: 5 * 60_000 };

export function usePeople(asked: { collegeId?: string | null; withTeachers?: boolean } = {}): Choice[] {
  const word = useWords();
  const enabled = useMay()("guidance:read");
  const query = {
    page_size: 100,
    ...(asked.collegeId && { college_id: asked.collegeId }),
    ...(asked.withTeachers && { with_teachers: true }),
  };
  const { data } = useQuery({ ...listGuidancePeopleOptions({ query }), ...LONG, enabled });
  return (data?.items ?? []).map((it) => ({
    value: it.person_id,
    label: `${it.name}（${[...it.college_names, ...it.roles.map((role) => word(role, "guided"))].join(" · ")}）`,
  }));
}

export function useParties(): Choice[] {
  const { data } = useQuery({ ...listOutsidePartiesOptions({ query: { page_size: 100 } }), ...LONG });
  return (data?.items ?? []).map((it) => ({ value: it.id, label: it.name }));
}

/** Whose something is: the office's where no college is chosen, which only the office may do. */
export function useOwnCollege() {
  const me = useMe();
  const colleges = useColleges();
  const isOffice = me.college_ids.length === 0;
  return {
    options: isOffice ? colleges : colleges.filter((it) => me.college_ids.includes(it.value)),
    isOptional: isOffice,
    initial: me.college_ids[0] ?? "",
  };
}

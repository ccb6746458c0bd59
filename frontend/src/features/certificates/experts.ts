/** People of the institution by name, for those who may look people up; others see shortened ids. */

import { useQuery } from "@tanstack/react-query";
import { listPeopleOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import type { PersonOut, Role } from "@/api/staff/types.gen.ts";
import { useMay, useMe } from "@/auth/me.ts";

export function useExperts(): readonly PersonOut[] {
  return usePeopleWith("expert");
}

/** The name of whoever has a part in reviews: who proposes, who runs them, who votes. */
export function useNames(): (id: string) => string {
  const me = useMe();
  // One query each, not `useQueries`: that would come to every phone with what all pages share.
  const people = [...usePeopleWith("expert"), ...usePeopleWith("registrar"), ...usePeopleWith("coordinator")];
  return (id) => (id === me.id ? me.name : (people.find((it) => it.id === id)?.name ?? id.slice(0, 8)));
}

function usePeopleWith(role: Role): readonly PersonOut[] {
  const enabled = useMay()("people:read");
  const { data } = useQuery({ ...listPeopleOptions({ query: { role, page_size: 100 } }), enabled });
  return data?.items ?? [];
}

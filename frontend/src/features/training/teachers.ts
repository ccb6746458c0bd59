import { useQuery } from "@tanstack/react-query";
import { listTeachersOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import type { Choice } from "@/ui/staff/names.ts";

/** The active teachers somebody sees, of one college or of all. */
export function useTeachers(collegeId?: string): Choice[] {
  const enabled = useMay()("teachers:read");
  const query = { page_size: 100, ...(collegeId && { college_id: collegeId }) };
  const { data } = useQuery({ ...listTeachersOptions({ query }), enabled });
  return (data?.items ?? [])
    .filter((it) => it.is_active)
    .map((it) => ({ value: it.id, label: `${it.name}（${it.staff_number}）` }));
}

/** A share in words; of nothing there is none. */
export function percent(share: string | null): string {
  return share === null ? "—" : `${share}%`;
}

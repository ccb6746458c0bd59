/** Names for the ids that rows carry; each list is asked for once. */

import { useQuery } from "@tanstack/react-query";
import {
  listCertificatesOptions,
  listCollegesOptions,
  listExamPlansOptions,
  listProgrammesOptions,
  listTeachersOptions,
} from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";
import { type Group, useWords } from "./words.ts";

export interface Choice {
  value: string;
  label: string;
}

const LONG = { staleTime: 5 * 60_000 };

export function useColleges(): Choice[] {
  const enabled = useMay()("colleges:read");
  const { data } = useQuery({ ...listCollegesOptions({ query: { page_size: 100 } }), ...LONG, enabled });
  return (data?.items ?? []).map((it) => ({ value: it.id, label: it.name }));
}

export function useProgrammes(): Choice[] {
  const enabled = useMay()("programmes:read");
  const { data } = useQuery({ ...listProgrammesOptions({ query: { page_size: 100 } }), ...LONG, enabled });
  return (data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name}（${it.code}）` }));
}

export function useCertificates(): Choice[] {
  const { data } = useQuery({ ...listCertificatesOptions({ query: { page_size: 100 } }), ...LONG });
  return (data?.items ?? []).map((it) => ({ value: it.id, label: it.name }));
}

export function useLevels(): Choice[] {
  return useLevelsOf(null);
}

/** The levels of one organisation's certificates; without one, of all. */
export function useLevelsOf(organisationId: string | null): Choice[] {
  const word = useWords();
  const { data } = useQuery({ ...listCertificatesOptions({ query: { page_size: 100 } }), ...LONG });
  return (data?.items ?? [])
    .filter((it) => organisationId === null || it.organisation.id === organisationId)
    .flatMap((it) =>
      it.levels.map((level) => ({ value: level.id, label: `${it.name} ${word(`level_${level.level}`)}` })),
    );
}

/** Active teachers of a college, or of all that are seen. */
export function useTeachers(collegeId?: string | null): Choice[] {
  const enabled = useMay()("teachers:read");
  const query = { is_active: true, page_size: 100, ...(collegeId && { college_id: collegeId }) };
  const { data } = useQuery({ ...listTeachersOptions({ query }), ...LONG, enabled });
  return (data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name}（${it.staff_number}）` }));
}

export function usePlans(): Choice[] {
  const enabled = useMay()("exam_plans:read");
  const { data } = useQuery({ ...listExamPlansOptions({ query: { page_size: 100 } }), ...LONG, enabled });
  return (data?.items ?? []).map((it) => ({ value: it.id, label: `${it.name}（${it.code}）` }));
}

export function nameIn(choices: readonly Choice[], id: string | null | undefined): string {
  return choices.find((it) => it.value === id)?.label ?? "—";
}

/** A list of codes as the options of a filter. */
export function useOptions(codes: readonly string[], group?: Group): Choice[] {
  const word = useWords();
  return codes.map((value) => ({ value, label: word(value, group) }));
}

/** Names of students whom answers name by their ids. */

import { useQueries, useQuery } from "@tanstack/react-query";
import { getStudentOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { listStudents } from "@/api/staff/sdk.gen.ts";
import type { StudentOut } from "@/api/staff/types.gen.ts";
import { useMay } from "@/auth/me.ts";

const MOST = 20;
const LONG = { staleTime: 5 * 60_000 };

export type NameOf = (id: string | null) => string;

function named(student: StudentOut | undefined): string {
  return student ? `${student.name}（${student.student_number}）` : "—";
}

/** A few students, each asked for once; more than a few rows are found by their number. */
export function useStudentNames(ids: readonly string[]): NameOf {
  const enabled = useMay()("students:read");
  const wanted = [...new Set(ids)].slice(0, MOST);
  const answers = useQueries({
    queries: wanted.map((id) => ({ ...getStudentOptions({ path: { student_id: id } }), enabled, ...LONG })),
  });
  return (id) => named(id === null ? undefined : answers[wanted.indexOf(id)]?.data);
}

export interface Group {
  programme_id: string;
  entry_year: number;
  class_name: string | null;
}

/** All students of a year or class, in as few requests as there are pages. */
export function useGroupNames(group: Group | null): NameOf {
  const enabled = useMay()("students:read") && group !== null;
  const { data } = useQuery({
    queryKey: ["students-of", group],
    enabled,
    ...LONG,
    queryFn: async ({ signal }) => {
      const { programme_id, entry_year, class_name } = group ?? { programme_id: "", entry_year: 0, class_name: null };
      const found: StudentOut[] = [];
      let token: string | null = null;
      do {
        const query = { programme_id, entry_year, page_size: 100, ...(class_name === null ? {} : { class_name }) };
        const { data: page }: { data: { items: StudentOut[]; next_page_token: string | null } } = await listStudents({
          query: { ...query, ...(token === null ? {} : { page_token: token }) },
          signal,
          throwOnError: true,
        });
        found.push(...page.items);
        token = page.next_page_token;
      } while (token);
      return found;
    },
  });
  const byId = new Map((data ?? []).map((it) => [it.id, it]));
  return (id) => named(id === null ? undefined : byId.get(id));
}

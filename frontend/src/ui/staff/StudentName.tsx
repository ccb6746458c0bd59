import { useQuery } from "@tanstack/react-query";
import { getStudentOptions } from "@/api/staff/@tanstack/react-query.gen.ts";
import { useMay } from "@/auth/me.ts";

/** A row that names a student by the id alone: the name is asked for once and kept. */
export function StudentName({ id }: { id: string }) {
  const enabled = useMay()("students:read");
  const options = getStudentOptions({ path: { student_id: id } });
  const { data, isLoading } = useQuery({ ...options, staleTime: 5 * 60_000, enabled });
  return data ? `${data.name}（${data.student_number}）` : <code aria-busy={isLoading}>{id.slice(0, 8)}</code>;
}

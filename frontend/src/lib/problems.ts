/** Refusals as the API writes them (RFC 9457), and what stands for them when no answer came. */

export interface Fault {
  pointer?: string | null;
  row?: number | null;
  column?: string | null;
  code: string;
  detail: string;
  blocking?: boolean;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  errors: Fault[];
  figures: Record<string, string | number | null>;
}

/** The problem in whatever was thrown; `status` 0 means that no answer came at all. */
export function problemOf(error: unknown): Problem {
  const found = (error && typeof error === "object" ? error : {}) as Partial<Problem>;
  const answered = typeof found.code === "string";
  return {
    type: found.type ?? "",
    title: found.title ?? "",
    status: answered ? (found.status ?? 500) : 0,
    detail: found.detail ?? "",
    code: found.code ?? "unreachable",
    request_id: found.request_id ?? "",
    errors: found.errors ?? [],
    figures: found.figures ?? {},
  };
}

export function isConflict(error: unknown): boolean {
  return problemOf(error).status === 412;
}

/** The sentence beside a form's field, found by the JSON pointer of the fault. */
export function faultsByField(problem: Problem): Record<string, string> {
  const pairs = problem.errors.flatMap((fault) => {
    const name = fault.pointer?.split("/").at(-1);
    return name ? [[name, fault.detail] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** Everybody's seat in a sitting, page by page: a drawn room needs all of them. */

import { queryOptions } from "@tanstack/react-query";
import { listSeats } from "@/api/staff/sdk.gen.ts";
import type { ExamSeatOut } from "@/api/staff/types.gen.ts";

async function readAll(sittingId: string, signal: AbortSignal): Promise<ExamSeatOut[]> {
  const found: ExamSeatOut[] = [];
  let token: string | null = null;
  do {
    const { data }: { data: { items: ExamSeatOut[]; next_page_token: string | null } } = await listSeats({
      path: { sitting_id: sittingId },
      query: { page_size: 100, ...(token === null ? {} : { page_token: token }) },
      signal,
      throwOnError: true,
    });
    found.push(...data.items);
    token = data.next_page_token;
  } while (token);
  return found;
}

export const allSeatsOptions = (sittingId: string) =>
  queryOptions({ queryKey: ["all-seats", sittingId], queryFn: ({ signal }) => readAll(sittingId, signal) });

/** The colleges of those who sit there, in one order, so that each keeps its mark in every room. */
export function collegesIn(seats: readonly ExamSeatOut[]): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const seat of seats) counts.set(seat.college_name, (counts.get(seat.college_name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => one.name.localeCompare(other.name, "zh-CN"));
}

/** A letter for the college at a place of that order; colour and pattern follow the same place. */
export function letterOf(place: number): string {
  return String.fromCharCode(65 + (place % 26));
}

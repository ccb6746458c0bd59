/** The calendar year that a page sums up: the one its list is filtered by, or this one. */

import { useUrlState } from "@/ui/staff/url.ts";

export function useYear(): number {
  const [search] = useUrlState();
  const year = Number(search.year);
  return year >= 2000 && year <= 2100 ? year : new Date().getFullYear();
}

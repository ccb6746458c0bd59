/** The list a device took along: kept for this tab alone, and forgotten when its person signs out. */

import type { CheckInListOut } from "@/api/staff/types.gen.ts";
import { isSignedIn, onSession } from "@/auth/session.ts";

const PREFIX = "xpilot.check-in-list.";

function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function forgetAll(): void {
  const there = storage();
  if (!there) return;
  for (const name of Object.keys(there)) if (name.startsWith(PREFIX)) there.removeItem(name);
}

onSession(() => {
  if (!isSignedIn()) forgetAll();
});

export function keepList(personId: string, list: CheckInListOut): void {
  try {
    storage()?.setItem(`${PREFIX}${personId}.${list.sitting_id}`, JSON.stringify(list));
  } catch {
    // A full or private browser keeps nothing; the list then lives as long as the page.
  }
}

export function keptList(personId: string, sittingId: string): CheckInListOut | null {
  try {
    return JSON.parse(storage()?.getItem(`${PREFIX}${personId}.${sittingId}`) ?? "null") as CheckInListOut | null;
  } catch {
    return null;
  }
}

/**
 * What was recorded at the door and has not reached the service yet. It is written down before it is sent, so that a
 * lost network, a reload or a closed page loses nothing; sent twice, the service takes it once, by its nonce. It names
 * nobody: only ids are kept.
 */

import type { CheckInIn } from "@/api/staff/types.gen.ts";
import { keep, kept } from "@/lib/theme.ts";

export interface Waiting {
  device_id: string;
  check_in: CheckInIn;
}

const MOST_AT_ONCE = 200;
const places = new Map<string, Waiting[]>();

function placeOf(personId: string, sittingId: string): string {
  return `check-ins.${personId}.${sittingId}`;
}

function written(place: string): Waiting[] {
  try {
    return JSON.parse(kept(place) ?? "[]") as Waiting[];
  } catch {
    return [];
  }
}

/** Everything that waits: what this page holds, and what another page or an earlier visit wrote down. */
function all(place: string): Waiting[] {
  const both = [...written(place), ...(places.get(place) ?? [])];
  return [...new Map(both.map((it) => [it.check_in.nonce, it])).values()];
}

function put(place: string, waiting: Waiting[]): Waiting[] {
  places.set(place, waiting);
  keep(place, waiting.length > 0 ? JSON.stringify(waiting) : null);
  return waiting;
}

export interface Book {
  read: () => Waiting[];
  add: (entry: Waiting) => Waiting[];
  strike: (nonces: ReadonlySet<string>) => Waiting[];
}

/** The book of one person at one sitting. */
export function bookOf(personId: string, sittingId: string): Book {
  const place = placeOf(personId, sittingId);
  return {
    read: () => put(place, all(place)),
    add: (entry) => put(place, [...all(place), entry]),
    strike: (nonces) =>
      put(
        place,
        all(place).filter((it) => !nonces.has(it.check_in.nonce)),
      ),
  };
}

/** What goes with one request: the oldest first, of one device, and not too many. */
export function nextOf(waiting: readonly Waiting[]): { device_id: string; check_ins: CheckInIn[] } | null {
  const device_id = waiting[0]?.device_id;
  if (!device_id) return null;
  const of = waiting.filter((it) => it.device_id === device_id).slice(0, MOST_AT_ONCE);
  return { device_id, check_ins: of.map((it) => it.check_in) };
}

/** Sending what waits: at once, again when the network is back, and every few seconds until nothing waits. */

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { takeCheckIns } from "@/api/staff/sdk.gen.ts";
import type { CheckInIn, CheckInOutcomeOut } from "@/api/staff/types.gen.ts";
import { useMe } from "@/auth/me.ts";
import { bookOf, nextOf, type Waiting } from "./waiting.ts";

const AGAIN_MS = 5000;

export interface Told {
  check_in: CheckInIn;
  outcome: CheckInOutcomeOut;
}

export interface Sending {
  waiting: readonly Waiting[];
  /** What the service answered since the page was opened, the latest first. */
  told: readonly Told[];
  error: unknown;
  record: (entry: Waiting) => void;
  send: () => void;
}

export function useSending(sittingId: string): Sending {
  const { id } = useMe();
  const queryClient = useQueryClient();
  const book = useMemo(() => bookOf(id, sittingId), [id, sittingId]);
  const [waiting, setWaiting] = useState<readonly Waiting[]>(() => book.read());
  const [told, setTold] = useState<readonly Told[]>([]);
  const [error, setError] = useState<unknown>(null);
  const isBusy = useRef(false);
  const send = useCallback(async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      for (let next = nextOf(book.read()); next; next = nextOf(book.read())) {
        const body = { ...next, sent_at: new Date().toISOString() };
        const { data } = await takeCheckIns({ path: { sitting_id: sittingId }, body, throwOnError: true });
        const sent = new Map(next.check_ins.map((it) => [it.nonce, it]));
        setWaiting(book.strike(new Set(sent.keys())));
        const news = data.items.flatMap((outcome) => {
          const check_in = sent.get(outcome.nonce);
          return check_in ? [{ check_in, outcome }] : [];
        });
        setTold((earlier) => [...news.reverse(), ...earlier]);
        setError(null);
      }
      await queryClient.invalidateQueries();
    } catch (refusal) {
      // It stays written down, and is sent again.
      setError(refusal);
    } finally {
      isBusy.current = false;
    }
  }, [book, queryClient, sittingId]);
  useEffect(() => {
    const again = (): void => void send();
    if (waiting.length === 0) return undefined;
    again();
    addEventListener("online", again);
    const timer = setInterval(again, AGAIN_MS);
    return () => {
      removeEventListener("online", again);
      clearInterval(timer);
    };
  }, [waiting, send]);
  return {
    waiting,
    told,
    error,
    record: (entry) => setWaiting(book.add(entry)),
    send: () => void send(),
  };
}

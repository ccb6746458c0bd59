/** Keys that let a request be sent again without being done again. */

import { useRef } from "react";

/** A random key; `crypto.randomUUID` exists only on secure origins, and a campus may serve plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** One key for one intention: the same body keeps its key, so that a retry repeats nothing; another body gets another. */
export function useIdempotency(): (body: unknown) => { "Idempotency-Key": string } {
  const last = useRef<{ body: string; key: string } | null>(null);
  return (body) => {
    const text = JSON.stringify(body);
    if (last.current?.body !== text) last.current = { body: text, key: newKey() };
    return { "Idempotency-Key": last.current.key };
  };
}

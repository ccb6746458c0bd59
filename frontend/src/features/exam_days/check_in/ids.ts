import { newKey } from "@/lib/idempotency.ts";

/** A random id as the service writes them (RFC 9562, version 4). */
export function newId(): string {
  const hex = newKey();
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  const [a, b, c] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16)];
  return `${a}-${b}-4${c}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

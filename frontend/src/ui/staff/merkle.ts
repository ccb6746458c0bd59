/** Checking a log's proofs in the browser (RFC 9162), so that nobody has to take the service's word for them. */

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
const written = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

export const fromHex = (hex: string): string =>
  written(Uint8Array.from(hex.match(/../g) ?? [], (it) => Number.parseInt(it, 16)));

async function node(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  const whole = new Uint8Array(1 + left.length + right.length);
  whole.set([1]);
  whole.set(left, 1);
  whole.set(right, 1 + left.length);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

export interface Inclusion {
  leaf_number: number;
  size: number;
  root: string;
  hashes: readonly string[];
}

/** Whether a leaf's path leads to the root that was sealed (RFC 9162, 2.1.3.2). */
export async function isIncluded(leaf: string, proof: Inclusion): Promise<boolean> {
  let [number, last] = [proof.leaf_number, proof.size - 1];
  if (number > last) return false;
  let hash: Uint8Array = bytesOf(leaf);
  for (const hashed of proof.hashes) {
    if (last === 0) return false;
    const beside = bytesOf(hashed);
    if (number % 2 === 1 || number === last) {
      hash = await node(beside, hash);
      while (number % 2 === 0 && number !== 0) [number, last] = [half(number), half(last)];
    } else {
      hash = await node(hash, beside);
    }
    [number, last] = [half(number), half(last)];
  }
  return last === 0 && written(hash) === proof.root;
}

export interface Consistency {
  first: number;
  first_root: string;
  size: number;
  root: string;
  hashes: readonly string[];
}

/** Whether the smaller tree is the beginning of the larger (RFC 9162, 2.1.4.2). */
export async function isConsistent(proof: Consistency): Promise<boolean> {
  if (proof.first === proof.size) return proof.hashes.length === 0 && proof.first_root === proof.root;
  const path = proof.hashes.map(bytesOf);
  if (isPowerOfTwo(proof.first)) path.unshift(bytesOf(proof.first_root));
  let [first, second] = [proof.first - 1, proof.size - 1];
  while (first % 2 === 1) [first, second] = [half(first), half(second)];
  const begin = path.shift();
  if (!begin) return false;
  let [earlier, later]: [Uint8Array, Uint8Array] = [begin, begin];
  for (const beside of path) {
    if (second === 0) return false;
    if (first % 2 === 1 || first === second) {
      earlier = await node(beside, earlier);
      later = await node(beside, later);
      while (first % 2 === 0 && first !== 0) [first, second] = [half(first), half(second)];
    } else {
      later = await node(later, beside);
    }
    [first, second] = [half(first), half(second)];
  }
  return second === 0 && written(earlier) === proof.first_root && written(later) === proof.root;
}

const half = (value: number): number => Math.floor(value / 2);
const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value));

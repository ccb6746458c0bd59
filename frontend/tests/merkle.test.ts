import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { isConsistent, isIncluded } from "@/ui/staff/merkle.ts";

// The trees are built by the definitions of RFC 9162, not by what is tested.
const sha = (...parts: Buffer[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();
const leaves = (count: number): Buffer[] => Array.from({ length: count }, (_, at) => sha(Buffer.from([0, at])));

function split(count: number): number {
  let half = 1;
  while (half * 2 < count) half *= 2;
  return half;
}

function root(of: Buffer[]): Buffer {
  if (of.length === 1) return of[0] as Buffer;
  const k = split(of.length);
  return sha(Buffer.from([1]), root(of.slice(0, k)), root(of.slice(k)));
}

function path(at: number, of: Buffer[]): Buffer[] {
  if (of.length === 1) return [];
  const k = split(of.length);
  return at < k
    ? [...path(at, of.slice(0, k)), root(of.slice(k))]
    : [...path(at - k, of.slice(k)), root(of.slice(0, k))];
}

function subproof(first: number, of: Buffer[], isWhole: boolean): Buffer[] {
  if (first === of.length) return isWhole ? [] : [root(of)];
  const k = split(of.length);
  return first <= k
    ? [...subproof(first, of.slice(0, k), isWhole), root(of.slice(k))]
    : [...subproof(first - k, of.slice(k), false), root(of.slice(0, k))];
}

const text = (bytes: Buffer): string => bytes.toString("base64");
const wrong = text(Buffer.alloc(32));

test("every leaf of every small tree is found in it, and a false root or hash is not believed", async () => {
  for (let size = 1; size <= 20; size += 1) {
    const tree = leaves(size);
    for (let at = 0; at < size; at += 1) {
      const proof = { leaf_number: at, size, root: text(root(tree)), hashes: path(at, tree).map(text) };
      const leaf = text(tree[at] as Buffer);
      expect(await isIncluded(leaf, proof)).toBe(true);
      expect(await isIncluded(wrong, proof)).toBe(false);
      expect(await isIncluded(leaf, { ...proof, root: wrong })).toBe(false);
      if (size > 1) {
        expect(await isIncluded(leaf, { ...proof, leaf_number: (at + 1) % size })).toBe(false);
        expect(await isIncluded(leaf, { ...proof, hashes: proof.hashes.slice(1) })).toBe(false);
      }
    }
  }
});

test("every small tree is the beginning of every larger one, and no other tree is", async () => {
  for (let size = 2; size <= 18; size += 1) {
    const tree = leaves(size);
    for (let first = 1; first < size; first += 1) {
      const proof = {
        first,
        first_root: text(root(tree.slice(0, first))),
        size,
        root: text(root(tree)),
        hashes: subproof(first, tree, true).map(text),
      };
      expect(await isConsistent(proof)).toBe(true);
      expect(await isConsistent({ ...proof, first_root: wrong })).toBe(false);
      expect(await isConsistent({ ...proof, root: wrong })).toBe(false);
    }
  }
});

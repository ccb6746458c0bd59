"""Merkle trees as RFC 9162 hashes them (section 2.1): roots, and what must be read to prove something of one.

A tree only grows to the right, so every perfect subtree, once full, never changes. It is named by its level and its
number on that level; the hashes of a tree of any size are folded from those of a few perfect subtrees.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

EMPTY_ROOT = sha256().digest()
STORED_EVERY = 8
"""Hashes of perfect subtrees are kept on every eighth level, so that any other is folded from at most 128 of them."""


class Subtree(NamedTuple):
    """One perfect subtree: the leaves from number * 2**level, 2**level of them."""

    level: int
    number: int


def leaf_hash(content: bytes) -> bytes:
    """Hash what a leaf stands for."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into the node above them."""
    return sha256(b"\x01" + left + right).digest()


def subtrees(start: int, end: int) -> list[Subtree]:
    """Cover leaves from `start` up to `end` with the fewest perfect subtrees, left to right."""
    found: list[Subtree] = []
    while start < end:
        aligned = (start & -start).bit_length() - 1 if start else end.bit_length()
        level = min(aligned, (end - start).bit_length() - 1)
        found.append(Subtree(level, start >> level))
        start += 1 << level
    return found


def fold(hashes: Sequence[bytes]) -> bytes:
    """Hash a run of ever smaller perfect subtrees into one."""
    if not hashes:
        return EMPTY_ROOT
    *rest, folded = hashes
    for left in reversed(rest):
        folded = node_hash(left, folded)
    return folded


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Hash a row of equal subtrees, a power of two of them, into the one they make."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[index], row[index + 1]) for index in range(0, len(row), 2)]
    return row[0]


class Frontier:
    """The right edge of a growing tree: all that is needed to add leaves and to tell its root."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self._hashes = list(hashes)
        if len(self._hashes) != size.bit_count():
            raise ValueError("the hashes are not those of the subtrees that make up this size")

    def add(self, leaf: bytes) -> Iterator[tuple[Subtree, bytes]]:
        """Add a leaf, and tell the subtrees to be stored that it completes."""
        folded, level, number = leaf, 0, self.size
        while number & 1:
            folded = node_hash(self._hashes.pop(), folded)
            level, number = level + 1, number >> 1
            if level % STORED_EVERY == 0:
                yield Subtree(level, number), folded
        self._hashes.append(folded)
        self.size += 1

    def root(self) -> bytes:
        """Tell the root of the tree as it is now."""
        return fold(self._hashes)


def _split(size: int) -> int:
    """Find the largest power of two below a size: how many leaves stand in the left half."""
    return 1 << ((size - 1).bit_length() - 1)


def inclusion_path(index: int, size: int) -> list[tuple[int, int]]:
    """Name the runs of leaves whose hashes prove that a leaf is in a tree, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError("the tree has no such leaf")
    start, end, path = 0, size, list[tuple[int, int]]()
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def consistency_path(first: int, second: int) -> list[tuple[int, int]]:
    """Name the runs of leaves whose hashes prove that a tree is the beginning of a larger one."""
    if not 0 < first <= second:
        raise ValueError("the first tree is not a beginning of the second")
    start, end, path = 0, second, list[tuple[int, int]]()
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    # What both trees share is known to the verifier only when it is the whole first tree.
    if start:
        path.append((start, end))
    return path[::-1]

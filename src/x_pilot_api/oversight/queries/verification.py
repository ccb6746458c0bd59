"""Verifying a log: every leaf from its row, every root from the leaves, every checkpoint kept inside and outside."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, Text, and_, cast, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import notes
from x_pilot_api.core.db import Database
from x_pilot_api.core.leaves import Leaf
from x_pilot_api.core.merkle import Frontier, Subtree
from x_pilot_api.core.notes import Checkpoint, NoteError
from x_pilot_api.oversight.models import LATE_MAX, Log
from x_pilot_api.oversight.queries import logs, standing
from x_pilot_api.oversight.queries.logs import Sealed

_PAGE = 10_000
_TOLD_MAX = 100
_NOTHING = bytes(32)
_RECORDED_AT = "recorded_at"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was sealed."""

    log: str
    said: str
    leaf_number: int | None = None
    source: str | None = None
    row_id: UUID | None = None

    def __str__(self) -> str:
        """Say it in one line: the log, the leaf's number, its table and row, and what is wrong."""
        place = [f"log {self.log}"]
        place += [] if self.leaf_number is None else [f"leaf {self.leaf_number}"]
        place += [] if self.source is None else [f"{self.source} {self.row_id}"]
        return f"{', '.join(place)}: {self.said}"


@dataclass(frozen=True)
class Report:
    """What verifying a log came to; without findings everything is as it was sealed."""

    log: str
    size: int
    checkpoints: int
    findings: Sequence[Finding]


@dataclass
class _Walk:
    """Where the verification stands: the tree so far, and the last seal that it has passed."""

    log: Log
    origin: str
    publics: Sequence[bytes]
    outside: dict[int, set[bytes]] = field(default_factory=dict[int, set[bytes]])
    begun: dict[int, int] = field(default_factory=dict[int, int])
    tree: Frontier = field(default_factory=Frontier)
    findings: list[Finding] = field(default_factory=list[Finding])
    agreed: int = 0
    checkpoints: int = 0
    passed: Sealed | None = None
    is_whole: bool = True

    def tell(self, said: str, *, number: int | None = None, source: str | None = None, row: UUID | None = None) -> None:
        """Write down a finding; a log that is wrong everywhere need not be told leaf by leaf."""
        if len(self.findings) < _TOLD_MAX:
            self.findings.append(Finding(self.log.name, said, number, source, row))

    def pass_missing(self, *, until: int) -> None:
        """Tell which leaves are missing before the next one, and put something in their places."""
        if until <= self.tree.size:
            return
        self.tell(f"the leaf is missing, and all up to leaf {until - 1}", number=self.tree.size)
        self.is_whole = False
        for _ in range(min(until - self.tree.size, _PAGE)):
            deque(self.tree.add(_NOTHING), maxlen=0)

    def check_entry(self, entry: Row[*tuple[Any, ...]], found: tuple[bytes, datetime] | None) -> None:
        """Compare a leaf with the row it stands for, and the row's age with the seals before."""
        source, row_id = str(entry.source), entry.row_id
        if found is None:
            self.tell("the row is gone", number=entry.leaf_number, source=source, row=row_id)
        elif found[0] != entry.leaf:
            self.tell("the row is not what was sealed", number=entry.leaf_number, source=source, row=row_id)
        elif self.passed is not None and found[1] <= self.passed.horizon_at - LATE_MAX:
            self.tell("the row was dated back", number=entry.leaf_number, source=source, row=row_id)

    def check_seal(self, seal: Sealed) -> None:
        """Compare a seal with the leaves below it and with the seal before."""
        before = self.passed
        if seal.number != (before.number + 1 if before else 1):
            self.tell(f"the seal before seal {seal.number} is missing")
        elif seal.previous_root != (before.root if before else None):
            self.tell(f"seal {seal.number} does not continue the one before it")
        self._compare(seal.root, f"seal {seal.number}", size=seal.size)
        try:
            signed, signer = notes.read_signed(seal.checkpoint, origin=self.origin, publics=self.publics)
        except NoteError as error:
            self.tell(f"the checkpoint of seal {seal.number}: {error}")
        else:
            self.checkpoints += 1
            self.check_signer(signer, size=signed.size, whose=f"the checkpoint of seal {seal.number}")
            if (signed.size, signed.root) != (seal.size, seal.root):
                self.tell(f"the checkpoint of seal {seal.number} says something else than the seal")
        self.passed = seal

    def read_outside(self, kept: Iterable[str]) -> None:
        """Read the checkpoints kept outside, smallest log first, and tell what is wrong with those that cannot be."""
        read: list[tuple[Checkpoint, int, int]] = []
        for position, note in enumerate(kept, start=1):
            try:
                read.append((*notes.read_signed(note, origin=self.origin, publics=self.publics), position))
            except NoteError as error:
                self.tell(f"checkpoint {position} kept outside: {error}")
        for signed, signer, position in sorted(read, key=lambda each: (each[0].size, each[1])):
            self.check_signer(signer, size=signed.size, whose=f"checkpoint {position} kept outside")
            self.outside.setdefault(signed.size, set()).add(signed.root)

    def check_signer(self, signer: int, *, size: int, whose: str) -> None:
        """See that no key signed after the next one had begun: whoever has a retired key must not speak for the log."""
        if any(begun < size for later, begun in self.begun.items() if later > signer):
            self.tell(f"{whose} is signed by a key that was retired before")
            return
        self.begun[signer] = min(size, self.begun.get(signer, size))

    def check_outside(self) -> None:
        """Compare the tree with what was said of it outside when it was of this size."""
        for root in self.outside.pop(self.tree.size, ()):
            self.checkpoints += 1
            self._compare(root, "the checkpoint kept outside", size=self.tree.size)

    def _compare(self, root: bytes, whose: str, *, size: int) -> None:
        if root == self.tree.root():
            self.agreed = size
        elif self.is_whole:
            # Once wrong, the tree stays wrong: the first root that says so tells where.
            self.is_whole = False
            said = f"from this leaf on, up to leaf {size - 1}, the log is not what {whose} of {size} leaves says"
            self.tell(said, number=self.agreed)


async def verify_log(
    database: Database, log: Log, *, issuer: str, publics: Sequence[bytes], kept: Sequence[str]
) -> Report:
    """Compute a log anew from the rows it is about, and compare it with all that was ever said of it.

    No transaction lasts longer than a page: what is sealed does not change, and what is added meanwhile is left out.
    """
    walk = _Walk(log, log.origin(issuer), publics)
    walk.read_outside(kept)
    async with database.transaction(read_only=True) as session:
        newest = await logs.find_seal(session, log)
    size = newest.size if newest else 0
    while True:
        async with database.transaction(read_only=True) as session:
            if not await _verify_page(session, walk, until=size):
                break
    async with database.transaction(read_only=True) as session:
        await _verify_rest(session, walk, newest)
    return Report(log.name, walk.tree.size, walk.checkpoints, walk.findings)


async def _verify_page(session: AsyncSession, walk: _Walk, *, until: int) -> int:
    """Verify the next leaves and the seals among them, and tell how many leaves there were."""
    start, log = walk.tree.size, walk.log
    leaves = log.leaves.columns
    # Ordered and counted rather than asked for by number, so that a leaf taken out is noticed and not waited for.
    chosen = (
        select(leaves.leaf_number, leaves.source, leaves.row_id, leaves.leaf)
        .where(log.own(log.leaves), leaves.leaf_number >= start, leaves.leaf_number < until)
        .order_by(leaves.leaf_number)
        .limit(min(_PAGE, until - start))
    )
    entries = (await session.execute(chosen)).all()
    if not entries:
        return 0
    first, last = entries[0].leaf_number, entries[-1].leaf_number
    found: dict[int, tuple[bytes, datetime]] = {}
    for table, leaf in log.sources():
        found |= await _recompute(session, log, table, leaf, first=first, last=last)
    seals = iter(await _seals_among(session, walk, until=last + 1))
    await _verify_nodes(session, walk, _walk_page(walk, entries, found, seals))
    return len(entries)


async def _seals_among(session: AsyncSession, walk: _Walk, *, until: int) -> list[Sealed]:
    """Find the seals of the next leaves."""
    after = walk.passed.number if walk.passed else 0
    found: list[Sealed] = []
    while True:
        more = await logs.list_seals(session, walk.log, after=after, most=1_000)
        found += [seal for seal in more if seal.size <= until]
        if not more or more[-1].size > until:
            return found
        after = more[-1].number


def _walk_page(
    walk: _Walk,
    entries: Sequence[Row[*tuple[Any, ...]]],
    found: Mapping[int, tuple[bytes, datetime]],
    seals: Iterator[Sealed],
) -> dict[Subtree, bytes]:
    """Verify leaf by leaf, and give the full subtrees that came of it."""
    completed: dict[Subtree, bytes] = {}
    seal = next(seals, None)
    for entry in entries:
        walk.pass_missing(until=entry.leaf_number)
        walk.check_entry(entry, found.get(entry.leaf_number))
        completed.update(walk.tree.add(entry.leaf))
        while seal is not None and seal.size <= walk.tree.size:
            walk.check_seal(seal)
            seal = next(seals, None)
        walk.check_outside()
    return completed


async def _recompute(
    session: AsyncSession, log: Log, table: Table, leaf: Leaf, *, first: int, last: int
) -> dict[int, tuple[bytes, datetime]]:
    """Compute leaves anew from what the rows say now."""
    leaves, row = log.leaves.columns, table.columns
    fields = [cast(row[name], Text) if kind == "json" else row[name] for name, kind in leaf.fields]
    statement = (
        select(leaves.leaf_number, *fields)
        .join(table, and_(log.own(table), row.id == leaves.row_id))
        .where(log.own(log.leaves), leaves.source == table.name, leaves.leaf_number.between(first, last))
    )
    when = [name for name, _ in leaf.fields].index(_RECORDED_AT) + 1
    rows = (await session.execute(statement)).all()
    return {found[0]: (leaf.hash(found[1:]), found[when]) for found in rows}


async def _verify_nodes(session: AsyncSession, walk: _Walk, completed: Mapping[Subtree, bytes]) -> None:
    """Compare the hashes that proofs are made of with the tree."""
    if not completed:
        return
    nodes = walk.log.nodes.columns
    rows = await session.execute(
        select(nodes.level, nodes.number, nodes.hash).where(
            walk.log.own(walk.log.nodes), tuple_(nodes.level, nodes.number).in_(completed)
        )
    )
    stored = {Subtree(row.level, row.number): row.hash for row in rows}
    for subtree, value in completed.items():
        if stored.get(subtree) != value:
            walk.tell(f"the stored hash of subtree {subtree.number} on level {subtree.level} is not its leaves'")


async def _verify_rest(session: AsyncSession, walk: _Walk, newest: Sealed | None) -> None:
    """Look for what is missing at the end, was never sealed, or stands otherwise than the sealed rows say."""
    if newest is not None and walk.passed != newest:
        walk.tell(f"seal {newest.number} speaks of {newest.size} leaves, and there are {walk.tree.size}")
    for size in sorted(walk.outside):
        walk.tell(f"a checkpoint kept outside speaks of {size} leaves, and there are {walk.tree.size}")
    if newest is not None:
        behind = await logs.list_unsealed(
            session, walk.log, since=None, until=newest.horizon_at - LATE_MAX, most=_TOLD_MAX
        )
        for row in behind:
            walk.tell("the row is older than the log says there are", source=row.source, row=row.id)
    if walk.log.institution_id is not None:
        for source, row_id, said in await standing.list_disagreeing(session, walk.log.institution_id):
            walk.tell(said, source=source, row=row_id)

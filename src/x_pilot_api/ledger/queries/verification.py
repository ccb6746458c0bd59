"""Verifying a book: everything computed anew from the first transfer, and compared with what is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.ledger.queries.checks import CHECKS

TOLD_MAX = 100
"""How many findings of one check are told; a book that is wrong everywhere need not be told row by row."""


@dataclass(frozen=True)
class Finding:
    """One place where a book is not what its transfers say."""

    institution_id: UUID
    check: str
    table: str
    row_id: UUID | None
    said: str

    def __str__(self) -> str:
        """Say it in one line: whose book, the check, the table and row, and what is wrong."""
        place = self.table if self.row_id is None else f"{self.table} {self.row_id}"
        return f"book {self.institution_id}, {self.check}, {place}: {self.said}"


@dataclass(frozen=True)
class Report:
    """What verifying a book came to; without findings it is whole from the first transfer on."""

    institution_id: UUID
    accounts: int
    entries: int
    transfers: int
    findings: Sequence[Finding]


_SIZE = text("""
SELECT (SELECT count(*) FROM ledger_accounts WHERE institution_id = :institution_id) AS accounts,
    (SELECT count(*) FROM journal_entries WHERE institution_id = :institution_id) AS entries,
    (SELECT count(*) FROM transfers WHERE institution_id = :institution_id) AS transfers
""")

_SOURCE_KINDS = text("SELECT DISTINCT source_kind FROM journal_entries WHERE institution_id = :institution_id")

_LOST = """
SELECT 'journal_entries', entry.id, 'the ' || entry.source_kind || ' ' || entry.source_id || ' it rests on is gone'
FROM journal_entries AS entry
WHERE entry.institution_id = :institution_id AND entry.source_kind = '{kind}' AND NOT EXISTS (
    SELECT FROM {table} AS source WHERE source.institution_id = :institution_id AND source.id = entry.source_id)
"""

_UNKNOWN = """
SELECT 'journal_entries', entry.id, 'it rests on a ' || entry.source_kind || ', which nothing in the service is'
FROM journal_entries AS entry
WHERE entry.institution_id = :institution_id AND entry.source_kind <> ALL (CAST(:kinds AS text[]))
"""


async def verify_book(session: AsyncSession, institution_id: UUID, *, sources: Mapping[str, str]) -> Report:
    """Recompute an institution's book; `sources` tells the table of each kind of fact an entry may rest on."""
    values = {"institution_id": institution_id}
    size = (await session.execute(_SIZE, values)).one()
    checks = dict(CHECKS)
    for kind in (await session.scalars(_SOURCE_KINDS, values)).all():
        if kind in sources:
            checks[f"source {kind}"] = _LOST.format(kind=kind, table=sources[kind])
    checks["source"] = _UNKNOWN
    findings: list[Finding] = []
    for name, question in checks.items():
        asked = text(f"SELECT * FROM ({question}) AS found (place, row_id, said) ORDER BY row_id LIMIT {TOLD_MAX}")
        known = values | ({"kinds": sorted(sources)} if name == "source" else {})
        rows = await session.execute(asked, known)
        findings += [Finding(institution_id, name, row.place, row.row_id, row.said) for row in rows]
    return Report(institution_id, size.accounts, size.entries, size.transfers, findings)

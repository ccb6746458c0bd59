"""Deciding a file's rows by the register's own deeds, and keeping what was decided: counted, digested, row by row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Integer, Table, delete, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, staging
from x_pilot_api.core.service import Service
from x_pilot_api.core.tables.kinds import Closing, Ground, Kind
from x_pilot_api.imports.commands.gathering import Gathered
from x_pilot_api.imports.models import ImportMode, ImportRow, TableImport

TOLD: Table = staging.staging_table(
    "staged_cells",
    Column("place", Integer),
    Column("faults", JSONB),
    Column("remarks", JSONB),
)
"""What is told of the cells of some rows."""

_KEEP = """
INSERT INTO import_rows
    (institution_id, import_id, sequence, row_number, outcome, faults, remarks, target_id, before, after)
SELECT :institution_id, :import_id, row_number() OVER (ORDER BY decided.place),
    CASE WHEN decided.place <= :last THEN decided.place END,
    CASE WHEN outcome = 'refused' THEN 'blocked' WHEN decided.place > :last THEN 'removed' ELSE outcome END,
    CASE WHEN outcome <> 'refused' THEN '[]' WHEN told.faults <> '[]' THEN told.faults
        ELSE jsonb_build_array(jsonb_build_object('code', refusal, 'figures', coalesce(figures, '{{}}'),
            'column', coalesce(CAST(:headers AS jsonb) ->> refused_column, refused_column))) END,
    coalesce(told.remarks, '[]'),
    CASE WHEN outcome <> 'refused' THEN row_id END,
    CASE WHEN outcome <> 'refused' THEN before END, CASE WHEN outcome <> 'refused' THEN after END
FROM {staged} AS decided LEFT JOIN staged_cells AS told ON told.place = decided.place
WHERE outcome <> 'unchanged' OR told.remarks <> '[]'
"""

# Each row is hashed by itself, so that the whole never stands in memory as one text.
_DIGEST = """
SELECT encode(sha256(convert_to(:file || coalesce(string_agg(encode(sha256(convert_to(CAST(jsonb_build_array(
    place, outcome, refusal, refused_column, figures, before, CASE WHEN outcome <> 'refused' THEN {same} END,
    CASE WHEN outcome IN ('changed', 'unchanged', 'gone') THEN row_id END) AS text), 'UTF8')), 'hex'), ''
    ORDER BY place), ''), 'UTF8')), 'hex')
FROM {staged}
"""

_COUNTS = """
SELECT CASE WHEN outcome = 'refused' THEN 'blocked' WHEN place > :last THEN 'removed' ELSE outcome END AS outcome,
    count(*) AS rows FROM {staged} WHERE outcome <> 'unchanged' OR place <= :last GROUP BY 1
"""


# A hundred thousand rows are longer on their way than a request may be.
_PATIENCE = text("""
SELECT set_config('statement_timeout', '300000', true),
    set_config('idle_in_transaction_session_timeout', '300000', true)
""")


@dataclass(frozen=True)
class Decided:
    """What a file came to: how many rows of each outcome, and the digest of all that would happen."""

    counts: dict[str, int]
    digest: str


def ground_of(service: Service, made: TableImport) -> Ground:
    """Say for whom an import decides: what its importer acted for when they sent it."""
    bounds: Mapping[str, list[str]] | None = made.bounds
    return Ground(
        institution_id=made.institution_id,
        colleges=None if bounds is None else frozenset(UUID(it) for it in bounds["colleges"]),
        programmes=frozenset(UUID(it) for it in (bounds or {"programmes": []})["programmes"]),
        sealer=service.sealer,
        today=clock.today(service.settings.timezone),
    )


async def decide(
    session: AsyncSession, made: TableImport, kind: Kind, *, ground: Ground, gathered: Gathered
) -> Decided:
    """Stage a file's rows with what becomes of each, and those that a full file closes; nothing is written yet."""
    await session.execute(_PATIENCE)
    await staging.empty(session, TOLD)
    last = gathered.rows[-1].place
    await kind.decide(session, ground, gathered.rows, gathered.first_faults())
    existing = await _decide_lacking(session, kind, ground, gathered, last=last) if made.mode == ImportMode.FULL else 0
    found = await session.execute(text(_COUNTS.format(staged=kind.staged)), {"last": last})
    counts: dict[str, int] = dict.fromkeys(("created", "changed", "unchanged", "removed", "blocked"), 0)
    counts |= {row.outcome: row.rows for row in found.all()}
    if made.mode == ImportMode.FULL:
        counts["existing"] = existing
    head = f"{made.kind}/{made.mode}/{made.file_hash.hex()}/{json.dumps(made.bounds, sort_keys=True)}/"
    digest = await session.scalar(text(_DIGEST.format(staged=kind.staged, same=kind.same)), {"file": head})
    return Decided(counts=counts, digest=str(digest))


async def _decide_lacking(session: AsyncSession, kind: Kind, ground: Ground, gathered: Gathered, *, last: int) -> int:
    """Stage what becomes of the rows that a full file lacks, and tell how many rows there are in its reach."""
    if not isinstance(kind.lacking, Closing):
        return await kind.lacking(session, ground, last)
    closing = kind.lacking
    bound: dict[str, Any] = {
        "institution_id": ground.institution_id,
        "colleges": None if ground.colleges is None else sorted(ground.colleges),
        "programmes": sorted(ground.programmes),
    }
    if closing.scope is not None:
        bound["scope"] = sorted({str(getattr(row, closing.scope)) for row in gathered.rows})
    there = (await session.execute(text(closing.existing), bound)).all()
    named = set(await session.scalars(text(f"SELECT row_id FROM {kind.staged} WHERE NOT is_new")))
    lacking = [row[1:] for row in there if row[0] not in named]
    rows = [
        kind.row(place=place, **dict(zip(closing.key, key, strict=True)), **closing.values)
        for place, key in enumerate(lacking, start=last + 1)
    ]
    if rows:
        # All of them anew, since what becomes of a row is decided beside all others.
        await kind.decide(session, ground, [*gathered.rows, *rows], gathered.first_faults())
    return len(there)


async def keep(session: AsyncSession, made: TableImport, kind: Kind, *, gathered: Gathered) -> None:
    """Keep what was decided of each row, in place of what an earlier decision left."""
    await session.execute(
        delete(ImportRow).where(ImportRow.institution_id == made.institution_id, ImportRow.import_id == made.id)
    )
    places = sorted(gathered.faults.keys() | gathered.remarks.keys())
    told = [
        (place, json.dumps(gathered.faults.get(place, [])), json.dumps(gathered.remarks.get(place, [])))
        for place in places
    ]
    await staging.copy(session, TOLD, told)
    headers = {column.name: column.header for column in kind.columns} | {"id": kind.scope_column}
    bound: dict[str, Any] = {
        "institution_id": made.institution_id,
        "import_id": made.id,
        "headers": json.dumps(headers),
        "last": gathered.rows[-1].place,
    }
    await session.execute(text(_KEEP.format(staged=kind.staged)), bound)

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
from x_pilot_api.core.tables.kinds import Ground, Kind
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
    CASE WHEN outcome IN ('changed', 'unchanged') THEN row_id END) AS text), 'UTF8')), 'hex'), '' ORDER BY place), ''),
    'UTF8')), 'hex')
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
    last = gathered.rows[-1].place
    rows, existing = list(gathered.rows), 0
    if made.mode == ImportMode.FULL:
        keys = await _existing(session, kind, ground)
        existing = len(keys)
        rows += _closing(kind, keys, gathered, after=last)
    await staging.empty(session, TOLD)
    await kind.decide(session, ground, rows, gathered.first_faults())
    found = await session.execute(text(_COUNTS.format(staged=kind.staged)), {"last": last})
    counts: dict[str, int] = dict.fromkeys(("created", "changed", "unchanged", "removed", "blocked"), 0)
    counts |= {row.outcome: row.rows for row in found.all()}
    if made.mode == ImportMode.FULL:
        counts["existing"] = existing
    head = f"{made.kind}/{made.mode}/{made.file_hash.hex()}/{json.dumps(made.bounds, sort_keys=True)}/"
    digest = await session.scalar(text(_DIGEST.format(staged=kind.staged, same=kind.same)), {"file": head})
    return Decided(counts=counts, digest=str(digest))


async def _existing(session: AsyncSession, kind: Kind, ground: Ground) -> list[str]:
    assert kind.closing is not None  # noqa: S101 - refused when it was sent
    bound: dict[str, Any] = {
        "institution_id": ground.institution_id,
        "colleges": None if ground.colleges is None else sorted(ground.colleges),
        "programmes": sorted(ground.programmes),
    }
    return list((await session.scalars(text(kind.closing.existing), bound)).all())


def _closing(kind: Kind, keys: list[str], gathered: Gathered, *, after: int) -> list[Any]:
    """Make a row for each of the register's that the file lacks; places after its last say that it was not in it."""
    assert kind.closing is not None  # noqa: S101
    named = {getattr(row, kind.closing.key) for row in gathered.rows}
    lacking = sorted(key for key in keys if key not in named)
    values = kind.closing.values
    return [
        kind.row(place=place, **{kind.closing.key: key}, **values) for place, key in enumerate(lacking, start=after + 1)
    ]


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

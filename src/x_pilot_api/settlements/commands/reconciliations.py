"""Comparing an organisation's own list with a settlement: read in the limited process, kept as differences."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.core.tables import cells, laying, reading
from x_pilot_api.core.tables.errors import TableEmpty
from x_pilot_api.core.tables.reading import Limits
from x_pilot_api.settlements import rules
from x_pilot_api.settlements.commands import exporting
from x_pilot_api.settlements.commands.exporting import FileFormat, Sheet
from x_pilot_api.settlements.errors import ReconciliationTooLong
from x_pilot_api.settlements.models import Difference, Reconciliation
from x_pilot_api.settlements.queries import reconciliations as queries
from x_pilot_api.settlements.queries import settlements
from x_pilot_api.settlements.rules import reconciling, words
from x_pilot_api.settlements.rules.reconciling import COLUMNS, Theirs

ROWS_MAX = 50_000
_KIND = "reconciliation"
_HEADINGS = (
    *("行号", "差异", "准考证号", "我方金额（元）", "对方金额（元）", "我方考核情况", "对方考核情况"),
    *("无法读取的列", "原因"),
)


async def reconcile(
    session: AsyncSession, actor: Actor, *, settlement_id: UUID, data: bytes, limits: Limits
) -> Reconciliation:
    """Compare a list with a settlement as it is; every difference is kept, the file is not."""
    settlement = await settlements.get_settlement(session, actor, settlement_id)
    theirs = await _read(data, limits)
    ours = await queries.read_ours(session, settlement)
    found, matching = reconciling.compare(theirs, ours)
    values = {
        "institution_id": settlement.institution_id,
        "organisation_id": settlement.organisation_id,
        "settlement_id": settlement.id,
        "edition": settlement.edition,
        "file_hash": hashlib.sha256(data).hexdigest(),
        "rows": len(theirs),
        "matching": matching,
        "differences": len(found),
        "their_fen": sum(line.amount_fen for line in theirs),
        "our_fen": sum(own.amount_fen for own in ours.values()),
        "made_by": actor.id,
    }
    made = (await session.scalars(insert(Reconciliation).values(values).returning(Reconciliation))).one()
    key = {
        "institution_id": made.institution_id,
        "organisation_id": made.organisation_id,
        "reconciliation_id": made.id,
    }
    if found:
        rows = [key | asdict(each) | {"number": number} for number, each in enumerate(found, start=1)]
        await session.execute(insert(Difference), rows)
    await audit.record(
        session,
        actor,
        "reconcile",
        institution_id=made.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=settlement.id,
        detail={"reconciliation_id": str(made.id), "rows": made.rows, "differences": made.differences},
    )
    return made


async def _read(data: bytes, limits: Limits) -> list[Theirs]:
    """Read every row of a list; a row of which a cell cannot be read says so by the first such cell."""
    theirs: list[Theirs] = []
    async with reading.opened(data, limits) as table:
        layout, begun = await laying.lay_out(table, COLUMNS)
        async for number, row in laying.data_rows(table, begun):
            theirs.append(_line(number, row, layout.places))
            if len(theirs) > limits.rows:
                raise ReconciliationTooLong(rows=len(theirs), rows_max=limits.rows)
    if not theirs:
        raise TableEmpty
    return theirs


def _line(number: int, row: Sequence[Any], places: Mapping[str, int]) -> Theirs:
    values: dict[str, Any] = {}
    for column in COLUMNS:
        position = places.get(column.name)
        if position is None:
            continue
        read = cells.read(column, row[position] if position < len(row) else None)
        if read.code is not None:
            return Theirs(number, code=read.code, header=column.header)
        values[column.name] = read.value
    return Theirs(number, **values)


async def export_reconciliation(
    session: AsyncSession, actor: Actor, *, reconciliation: Reconciliation, file_format: FileFormat
) -> bytes:
    """Write the differences of a comparison as a file."""
    wish = PageWish(size=exporting.ROWS_MAX + 1, after=None)
    found, _ = await queries.list_differences(session, reconciliation, wish=wish)
    rows = [
        (
            *(it.row_number, words.said(words.DIFFERENCES, it.kind), it.admission_number),
            *(exporting.yuan(it.our_fen), exporting.yuan(it.their_fen)),
            *(words.said(words.PRESENCES, it.our_presence), words.said(words.PRESENCES, it.their_presence)),
            *(it.header, it.code),
        )
        for it in found
    ]
    return await exporting.write_file(
        session,
        actor,
        "export_reconciliation",
        institution_id=reconciliation.institution_id,
        object_kind=_KIND,
        object_id=reconciliation.id,
        sheets=[Sheet("差异", _HEADINGS, rows)],
        file_format=file_format,
    )

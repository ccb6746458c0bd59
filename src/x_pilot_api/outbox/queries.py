"""Reading the feed so that it misses nothing, whatever order transactions end in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.outbox import rules
from x_pilot_api.outbox.models import OutboxEvent
from x_pilot_api.outbox.rules import Cursor

# Every transaction below has ended, so no event of it can appear any more; what is at or above may still come.
_HEAD = text("""
SELECT ((pg_snapshot_xmin(pg_current_snapshot()))::text)::bigint AS xid,
    (SELECT system_identifier FROM pg_control_system()) AS lineage
""")

_HORIZON = text("SELECT coalesce(max(xid), 0) FROM outbox_horizons")


@dataclass(frozen=True)
class Feed:
    """Some events in their order, and where to read on."""

    events: Sequence[OutboxEvent]
    cursor: Cursor
    is_whole: bool


async def find_head(session: AsyncSession) -> Cursor:
    """Tell where the feed ends now: everything before it is there, everything to come is after it."""
    row = (await session.execute(_HEAD)).one()
    return Cursor(row.lineage, row.xid)


async def read_feed(
    session: AsyncSession, *, organisation_id: UUID, is_test: bool, after: Cursor | None, size: int
) -> Feed:
    """Read an organisation's events after a cursor.

    The head is asked first: a statement that follows sees all that had ended by then.
    """
    head = await find_head(session)
    begin = after if after is not None and after.lineage == head.lineage else Cursor(head.lineage, 0)
    statement = (
        select(OutboxEvent)
        .where(
            OutboxEvent.organisation_id == organisation_id,
            OutboxEvent.is_test == is_test,
            tuple_(OutboxEvent.xid, OutboxEvent.id) > tuple_(begin.xid, begin.id),
            OutboxEvent.xid < head.xid,
        )
        .order_by(OutboxEvent.xid, OutboxEvent.id)
        .limit(size)
    )
    events = (await session.scalars(statement)).all()
    if len(events) == size:
        return Feed(events, Cursor(head.lineage, events[-1].xid, events[-1].id), is_whole=False)
    return Feed(events, head, is_whole=True)


async def is_forgotten(session: AsyncSession, cursor: Cursor) -> bool:
    """Tell whether events after a cursor may have been removed; asked after reading, so that no removal slips by."""
    head = await find_head(session)
    horizon = (await session.execute(_HORIZON)).scalar_one()
    return rules.is_forgotten(cursor, head=head, horizon=horizon)


async def find_events(session: AsyncSession, *, organisation_id: UUID, ids: Sequence[UUID]) -> dict[UUID, OutboxEvent]:
    """Find some of an organisation's events by their ids."""
    statement = select(OutboxEvent).where(OutboxEvent.organisation_id == organisation_id, OutboxEvent.id.in_(ids))
    return {event.id: event for event in await session.scalars(statement)}

"""Announcing what happened, in the transaction of the deed itself; and forgetting what everybody has read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.outbox import schemas

# One statement whatever their number; the ids are given in the order of the list.
_ANNOUNCE = text("""
INSERT INTO outbox_events (institution_id, organisation_id, is_test, by_organisation, kind, object_kind, object_id,
    data)
SELECT institution.id, told.organisation_id, coalesce(institution.is_test, :is_test),
    coalesce(told.organisation_id = CAST(:own_organisation_id AS uuid), false), told.kind, told.object_kind,
    told.object_id, CAST(told.data AS jsonb)
FROM unnest(CAST(:organisation_ids AS uuid[]), CAST(:kinds AS text[]), CAST(:object_kinds AS text[]),
    CAST(:object_ids AS uuid[]), CAST(:data AS text[])) WITH ORDINALITY
    AS told (organisation_id, kind, object_kind, object_id, data, place)
LEFT JOIN institutions AS institution ON institution.id = CAST(:institution_id AS uuid)
ORDER BY told.place
RETURNING id
""")

# One number then says what may be missing: something of a transaction below it.
_FORGET = text("""
WITH forgotten AS (DELETE FROM outbox_events WHERE recorded_at < :before RETURNING xid)
INSERT INTO outbox_horizons (xid, events)
SELECT max(xid) + 1, count(*) FROM forgotten HAVING count(*) > 0
RETURNING id, events
""")


@dataclass(frozen=True)
class Announcement:
    """One thing to tell an organisation; `data` follows the schema of its kind and holds no personal data."""

    organisation_id: UUID
    kind: str
    object_kind: str
    object_id: UUID
    data: JsonObject


async def announce(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID | None,
    organisation_id: UUID,
    kind: str,
    object_kind: str,
    object_id: UUID,
    data: JsonObject,
    is_test: bool = False,
) -> UUID:
    """Tell an organisation of one thing, and name the event; `is_test` speaks where no institution does."""
    told = Announcement(organisation_id, kind, object_kind, object_id, data)
    (event_id,) = await announce_each(session, actor, institution_id=institution_id, told=[told], is_test=is_test)
    return event_id


async def announce_each(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID | None,
    told: Sequence[Announcement],
    is_test: bool = False,
) -> Sequence[UUID]:
    """Tell organisations of several things of one institution in one statement.

    A deed on many objects is one announcement with their counts, so that a push of ten thousand rows adds a handful.
    """
    if not told:
        return ()
    columns = {
        "organisation_ids": [it.organisation_id for it in told],
        "kinds": [it.kind for it in told],
        "object_kinds": [it.object_kind for it in told],
        "object_ids": [it.object_id for it in told],
        "data": [schemas.written(it.kind, it.data) for it in told],
    }
    whose = {"institution_id": institution_id, "own_organisation_id": actor.organisation_id, "is_test": is_test}
    return (await session.scalars(_ANNOUNCE, columns | whose)).all()


async def forget_events(session: AsyncSession, actor: Actor, *, before: datetime) -> int:
    """Remove the events recorded before an instant, and tell how many."""
    row = (await session.execute(_FORGET, {"before": before})).one_or_none()
    if row is None:
        return 0
    await audit.record(
        session,
        actor,
        "forget_events",
        institution_id=None,
        object_kind="outbox_horizon",
        object_id=row.id,
        detail={"events": row.events, "before": before.isoformat()},
    )
    return row.events

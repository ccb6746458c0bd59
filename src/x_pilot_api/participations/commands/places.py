"""Taking and releasing the places of a quota, many at once; the database itself refuses one too many."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Integer, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.participations.errors import QuotaExhausted

# The rows are locked in the order of their ids, so that two lists never wait for each other in a ring.
_LOCK = text("""
SELECT id, quota, taken, state FROM participations
WHERE institution_id = :institution_id AND id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))

_TAKE = text("""
UPDATE participations AS participation SET taken = participation.taken + wish.places
FROM unnest(:ids, :places) AS wish (id, places)
WHERE participation.institution_id = :institution_id AND participation.id = wish.id
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)), bindparam("places", type_=ARRAY(Integer)))


async def take_places(session: AsyncSession, *, institution_id: UUID, places: Mapping[UUID, int]) -> None:
    """Take places of approved participations for registrations that are on record by themselves."""
    ids = sorted(places)
    locked = await session.execute(_LOCK, {"institution_id": institution_id, "ids": ids})
    for row in locked.all():
        left = row.quota - row.taken if row.state == "approved" else 0
        if places[row.id] > left:
            raise QuotaExhausted(quota=row.quota or 0, taken=row.taken, asked=places[row.id])
    await _add(session, institution_id, places)


async def release_places(session: AsyncSession, *, institution_id: UUID, places: Mapping[UUID, int]) -> None:
    """Give places back that registrations held which were refused or withdrawn."""
    await session.execute(_LOCK, {"institution_id": institution_id, "ids": sorted(places)})
    await _add(session, institution_id, {key: -count for key, count in places.items()})


async def _add(session: AsyncSession, institution_id: UUID, places: Mapping[UUID, int]) -> None:
    ids = sorted(places)
    values = {"institution_id": institution_id, "ids": ids, "places": [places[each] for each in ids]}
    await session.execute(_TAKE, values)

"""People of the first organisation and the first school beside those of the world, so that two can act."""

from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams.desk import Desk, Json
from tests.world import Caller, World, signed_in
from x_pilot_api.identity.models import Membership, Person, PlatformRole


async def _person(session: AsyncSession, name: str, institution_id: UUID | None) -> UUID:
    person_id = uuid4()
    session.add(Person(id=person_id, username=f"{name}-{person_id.hex[:6]}", name=name, password_hash="-"))
    await session.flush()
    session.add(signed_in(person_id, institution_id))
    await session.flush()
    return person_id


async def add(desk: Desk) -> None:
    """Add a second person of the organisation's staff and a second one of the office."""
    async with desk.service.database.transaction() as session:
        await add_to(session, desk.world)


async def add_to(session: AsyncSession, world: World) -> None:
    """Add them in a transaction."""
    there = world.schools[0]
    staff = await _person(session, "second_staff", None)
    session.add(PlatformRole(person_id=staff, role="org_staff", organisation_id=world.organisations[0].id))
    registrar = await _person(session, "second_registrar", there.id)
    session.add(Membership(institution_id=there.id, person_id=registrar, role="registrar"))
    await session.flush()
    world.callers |= {"second_staff": Caller(staff), "second_registrar": Caller(registrar, there.id)}


async def told(desk: Desk) -> dict[str, Json]:
    """Tell the last event of each kind that was announced to the first organisation."""
    async with desk.service.database.transaction(read_only=True) as session:
        rows = await session.execute(
            text("SELECT kind, object_id, data FROM outbox_events WHERE organisation_id = :id ORDER BY id"),
            {"id": desk.world.organisations[0].id},
        )
        return {row.kind: {"object_id": str(row.object_id), "data": row.data} for row in rows.all()}

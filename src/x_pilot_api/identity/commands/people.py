"""The deeds on people's accounts: creating, renaming, disabling, enabling."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject, attempt
from x_pilot_api.identity import queries
from x_pilot_api.identity.commands import roles, sessions
from x_pilot_api.identity.errors import NotOneself, UsernameTaken
from x_pilot_api.identity.models import Person, Role, SessionEnd
from x_pilot_api.identity.schemas import PersonIn


async def create_person(session: AsyncSession, actor: Actor, *, wish: PersonIn) -> Person:
    """Create a person with their first roles; they have no password, and choose one by a link."""
    person = Person(username=wish.username, name=wish.name, password_hash=None)
    try:
        async with attempt(session):
            session.add(person)
            await session.flush()
    except IntegrityError:
        raise UsernameTaken from None
    await _record(session, actor, "create_person", person)
    for role in wish.roles:
        await roles.add_role(session, actor, person, role)
    return person


async def rename_person(session: AsyncSession, actor: Actor, *, person_id: UUID, name: str) -> Person:
    """Give a person another name."""
    person = await queries.lock_managed(session, actor, person_id)
    if person.name != name:
        person.name = name
        await session.flush()
        # The record says that the name changed; the names themselves are personal data.
        await _record(session, actor, "rename_person", person, {"changed": ["name"]})
    return person


async def disable_person(session: AsyncSession, actor: Actor, *, person_id: UUID) -> Person:
    """Keep a person out, from this moment on and everywhere."""
    person = await queries.lock_managed(session, actor, person_id)
    if person.id == actor.id:
        raise NotOneself
    if person.disabled_at is not None:
        return person
    if any(held.role == Role.SECURITY_ADMIN for held in await queries.list_all_roles_of(session, person.id)):
        await roles.refuse_last(session, person)
    person.disabled_at = clock.now()
    await session.flush()
    await sessions.end_sessions_of(session, actor, person_id=person.id, reason=SessionEnd.PERSON_DISABLED)
    await _record(session, actor, "disable_person", person, _change(before=False, after=True))
    return person


async def enable_person(session: AsyncSession, actor: Actor, *, person_id: UUID) -> Person:
    """Let a person in again; what they were signed in to has ended for good."""
    person = await queries.lock_managed(session, actor, person_id)
    if person.id == actor.id:
        raise NotOneself
    if person.disabled_at is not None:
        person.disabled_at = None
        await session.flush()
        await _record(session, actor, "enable_person", person, _change(before=True, after=False))
    return person


def _change(*, before: bool, after: bool) -> JsonObject:
    return {"before": {"disabled": before}, "after": {"disabled": after}}


async def _record(
    session: AsyncSession, actor: Actor, deed: str, person: Person, detail: JsonObject | None = None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=actor.institution_id,
        object_kind="person",
        object_id=person.id,
        detail=detail,
    )

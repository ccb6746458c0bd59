"""Choosing a password: one's own with the current one, or by a link that an administrator hands over."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.service import Service
from x_pilot_api.identity import password_policy, passwords, queries
from x_pilot_api.identity.commands import attempts, sessions
from x_pilot_api.identity.commands.attempts import Attempt
from x_pilot_api.identity.errors import LinkRefused, NotOneself, PasswordWrong
from x_pilot_api.identity.models import PasswordLink, Person, SessionEnd
from x_pilot_api.identity.password_policy import Owner

_MARK = "xppl_"


@dataclass(frozen=True)
class Change:
    """The password somebody has, and the one they want."""

    current: str = field(repr=False)
    wanted: str = field(repr=False)


async def issue_link(session: AsyncSession, actor: Actor, *, person_id: UUID, valid: timedelta) -> tuple[str, datetime]:
    """Make a link by which a person chooses a password, and end any older one; it is told this once."""
    if person_id == actor.id:
        raise NotOneself
    person = await queries.lock_managed_person(session, actor, person_id)
    now = clock.now()
    await _end_links(session, person.id, now)
    token = passwords.draw(_MARK)
    link = PasswordLink(
        person_id=person.id,
        token_hash=passwords.drawn_hash(token),
        issued_by=actor.id,
        issued_at=now,
        expires_at=now + valid,
    )
    session.add(link)
    await session.flush()
    await _record(session, actor, "issue_password_link", person.id)
    return token, link.expires_at


async def _end_links(session: AsyncSession, person_id: UUID, now: datetime) -> None:
    is_open = (PasswordLink.person_id == person_id, PasswordLink.ended_at.is_(None))
    await session.execute(update(PasswordLink).where(*is_open).values(ended_at=now))


async def use_link(service: Service, *, token: str, wanted: str) -> None:
    """Choose a password by a link; it is good once, and all sessions end."""
    token_hash = passwords.drawn_hash(token)
    async with service.database.transaction(read_only=True) as session:
        link = await queries.find_open_link(session, token_hash, at=clock.now())
        person = await session.get(Person, link.person_id) if link else None
        if person is None or person.disabled_at is not None:
            raise LinkRefused
        owner = await queries.owner_of(session, person)
    hashed = await _fit(service, wanted, owner)
    async with service.database.transaction() as session:
        # Whoever signs in locks the person first, and so does this.
        person = await queries.lock_person(session, person.id)
        link = await queries.find_open_link(session, token_hash, at=clock.now(), lock=True)
        if link is None or person.disabled_at is not None:
            raise LinkRefused
        link.used_at = link.ended_at = clock.now()
        self_ = Actor(id=person.id, kind=ActorKind.PERSON, name="", permissions=frozenset())
        await _set(session, self_, person, hashed, deed="use_password_link")


async def change_password(service: Service, actor: Actor, *, change: Change) -> None:
    """Change one's own password; every other session ends."""
    async with service.database.transaction(read_only=True) as session:
        person = await session.get_one(Person, actor.id)
        owner = await queries.owner_of(session, person)
    await prove_password(service, person, change.current)
    hashed = await _fit(service, change.wanted, owner)
    async with service.database.transaction() as session:
        locked = await queries.lock_person(session, actor.id)
        if locked.password_hash != person.password_hash:
            # Somebody else changed it meanwhile: what was checked is not the current one any more.
            raise PasswordWrong
        await _set(session, actor, locked, hashed, deed="change_password")


async def prove_password(service: Service, person: Person, password: str) -> None:
    """Check the password of somebody who is signed in; guesses are counted like those of signing in."""
    attempt = Attempt.of(service, username=person.username, at=clock.now())
    await attempts.start(service, attempt)
    if not await passwords.verify(person.password_hash, password):
        await attempts.count_failure(service, attempt)
        raise PasswordWrong
    async with service.database.transaction() as session:
        await attempts.succeed(session, attempt)


async def _fit(service: Service, wanted: str, owner: Owner) -> str:
    """Refuse an unfit password, and hash any other; both take their time, so no connection is held."""
    profile = service.settings.password_profile
    await asyncio.to_thread(password_policy.check, wanted, owner, profile=profile)
    return await passwords.hash_in_turn(wanted)


async def _set(session: AsyncSession, actor: Actor, person: Person, hashed: str, *, deed: str) -> None:
    now = clock.now()
    person.password_hash, person.password_changed_at = hashed, now
    await session.flush()
    await _end_links(session, person.id, now)
    await sessions.end_sessions_of(
        session,
        actor,
        person_id=person.id,
        except_session_id=actor.session_id,
        reason=SessionEnd.PASSWORD_CHANGED,
    )
    await _record(session, actor, deed, person.id)


async def _record(session: AsyncSession, actor: Actor, deed: str, person_id: UUID) -> None:
    await audit.record(session, actor, deed, institution_id=None, object_kind="person", object_id=person_id)

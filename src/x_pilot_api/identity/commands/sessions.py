"""The deeds on sessions: opening, refreshing, ending and clearing away."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, auth, clock, db, logs, origins
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.identity import passwords, queries, rules
from x_pilot_api.identity.errors import RefreshRefused
from x_pilot_api.identity.models import Person, RefreshToken, SessionEnd, SignInSession
from x_pilot_api.identity.rules import Verdict
from x_pilot_api.identity.schemas import TokenOut

_MARK = "xprt_"
KEPT_AFTER_END = timedelta(days=30)
"""How long an ended session can still be looked at; what its owner did in it stays in the audit record."""

_WATCH = Actor(id=UUID(int=0), kind=ActorKind.SYSTEM, name="sessions", permissions=frozenset())
"""Who ends a session whose refresh token is in two hands: nobody knows whose hand it was."""


def _successor(sealer: Sealer, token: str) -> str:
    """Derive the token that follows one, so that it can be given again without having been kept."""
    return passwords.written(_MARK, sealer.keyed_hash("refresh", token.encode()))


def _idle_ends(settings: Settings, now: datetime, ends_at: datetime) -> datetime:
    return min(ends_at, now + timedelta(minutes=settings.session_idle_minutes))


def _answer(service: Service, opened: SignInSession, refresh_token: str, now: datetime) -> TokenOut:
    # A token never outlives its session; the session is asked for each request all the same.
    lifetime = min(auth.access_lifetime(service), opened.ends_at - now)
    token = service.tokens.issue(
        typ=auth.ACCESS_TOKEN_TYPE,
        audience=auth.ACCESS_AUDIENCE,
        subject=str(opened.person_id),
        lifetime=lifetime,
        now=now,
        claims={"kind": ActorKind.PERSON.value, "sid": str(opened.id)},
    )
    return TokenOut(
        access_token=token,
        token_type="Bearer",  # noqa: S106 - the kind of token
        expires_in=int(lifetime.total_seconds()),
        scope="",
        refresh_token=refresh_token,
    )


def _as(person_id: UUID) -> Actor:
    """Act as a person who only proves who they are, and may nothing else yet."""
    return Actor(id=person_id, kind=ActorKind.PERSON, name="", permissions=frozenset())


@dataclass(frozen=True)
class Proven:
    """Who somebody has proven to be, for which institution, and by what."""

    person: Person
    institution_id: UUID | None
    at: datetime
    by_second_factor: bool


async def open_session(session: AsyncSession, service: Service, proven: Proven, agent: str) -> TokenOut:
    """Open a session for somebody who has proven who they are, with its first refresh token."""
    now, ends_at = proven.at, proven.at + timedelta(hours=service.settings.session_hours)
    opened = SignInSession(
        person_id=proven.person.id,
        institution_id=proven.institution_id,
        agent=agent,
        address=origins.address(),
        created_at=now,
        last_used_at=now,
        authenticated_at=now,
        second_factor_at=now if proven.by_second_factor else None,
        ends_at=ends_at,
        idle_ends_at=_idle_ends(service.settings, now, ends_at),
    )
    session.add(opened)
    await session.flush()
    token = passwords.draw(_MARK)
    await _keep(session, opened.id, token, number=1, now=now)
    await _record(session, _as(proven.person.id), "sign_in", opened)
    return _answer(service, opened, token, now)


async def _keep(session: AsyncSession, session_id: UUID, token: str, *, number: int, now: datetime) -> None:
    values = {"token_hash": passwords.drawn_hash(token), "session_id": session_id, "number": number, "made_at": now}
    await session.execute(insert(RefreshToken), values)


async def refresh_session(service: Service, *, refresh_token: str) -> TokenOut:
    """Give a new access token and the next refresh token for the last one; an older one ends the session."""
    now = clock.now()
    async with service.database.transaction() as session:
        answer = await _refresh(session, service, refresh_token, now)
    # Refused out here, so that ending the family is not taken back with the refusal.
    if answer is None:
        raise RefreshRefused
    return answer


async def _refresh(session: AsyncSession, service: Service, token: str, now: datetime) -> TokenOut | None:
    locked = await queries.lock_family(session, passwords.drawn_hash(token), now=now)
    if locked is None:
        return None
    family, used, lives = locked.session, locked.token, locked.lives
    is_newest_used = used.number == locked.newest - 1
    verdict = rules.judge(lives=lives, is_newest_used=is_newest_used, used_at=used.used_at, now=now)
    successor = _successor(service.sealer, token)
    if verdict is Verdict.ROTATE:
        used.used_at = now
        family.last_used_at = now
        family.idle_ends_at = _idle_ends(service.settings, now, family.ends_at)
        await session.flush()
        await _keep(session, family.id, successor, number=used.number + 1, now=now)
    elif verdict is Verdict.END_FAMILY:
        logs.logger.warning("refresh_token_reused", session=str(family.id))
        await _end(session, _WATCH, [family], SessionEnd.TOKEN_REUSED)
        return None
    elif verdict is Verdict.REFUSE or not await queries.knows_token(session, passwords.drawn_hash(successor)):
        # A successor nobody knows was derived by a data key that has been replaced since.
        return None
    return _answer(service, family, successor, now)


async def sign_out(session: AsyncSession, actor: Actor) -> None:
    """End the session the actor is asking from."""
    if actor.session_id is None:
        raise NotFound(what="session", zh="登录会话")
    own = await queries.lock_sessions(session, person_id=actor.id, session_id=actor.session_id, now=clock.now())
    await _end(session, actor, own, SessionEnd.SIGNED_OUT)


async def end_session(session: AsyncSession, actor: Actor, *, session_id: UUID) -> None:
    """End one of the actor's sessions."""
    found = await queries.lock_sessions(session, person_id=actor.id, session_id=session_id, now=clock.now())
    if not found:
        raise NotFound(what="session", zh="登录会话")
    await _end(session, actor, found, SessionEnd.ENDED_BY_PERSON)


async def end_other_sessions(session: AsyncSession, actor: Actor) -> int:
    """End all of the actor's sessions but the one they are asking from."""
    return await end_sessions_of(
        session,
        actor,
        person_id=actor.id,
        except_session_id=actor.session_id,
        reason=SessionEnd.ENDED_BY_PERSON,
    )


async def end_sessions_of(
    session: AsyncSession, actor: Actor, *, person_id: UUID, except_session_id: UUID | None = None, reason: SessionEnd
) -> int:
    """End a person's sessions, as after a change of password; whoever calls changes the person's row first.

    Signing in reads that row under a lock before it opens a session, so it either sees the change or is ended here.
    """
    found = await queries.lock_sessions(session, person_id=person_id, now=clock.now())
    ended = [row for row in found if row.id != except_session_id]
    await _end(session, actor, ended, reason)
    return len(ended)


async def _end(session: AsyncSession, actor: Actor, rows: list[SignInSession], reason: SessionEnd) -> None:
    now = clock.now()
    if rows:
        mine = SignInSession.id.in_([row.id for row in rows])
        await session.execute(update(SignInSession).where(mine).values(ended_at=now, ended_reason=reason))
    for row in rows:
        await _record(session, actor, "end_session", row, reason=reason)


async def _record(session: AsyncSession, actor: Actor, deed: str, row: SignInSession, **detail: str) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=row.institution_id,
        object_kind="session",
        object_id=row.id,
        detail=detail | {"person_id": str(row.person_id)},
    )


async def remove_old(session: AsyncSession, *, now: datetime, at_most: int) -> int:
    """Remove some sessions that ended long ago, with their refresh tokens; tell how many, 0 when there are no more."""
    before = now - KEPT_AFTER_END
    old = select(SignInSession.id).where(SignInSession.idle_ends_at < before).limit(at_most)
    return await db.write(session, delete(SignInSession).where(SignInSession.id.in_(old)))

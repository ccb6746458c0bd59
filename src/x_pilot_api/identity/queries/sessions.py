"""Reading sessions, refresh tokens and failed attempts to sign in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import AttemptKind, Person, RefreshToken, SignInAttempts, SignInSession


def lives_at(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Say in SQL that a session has not ended and that its time is not over."""
    return and_(SignInSession.ended_at.is_(None), SignInSession.ends_at > now, SignInSession.idle_ends_at > now)


def sessions_visible_to(actor: Actor) -> Select[SignInSession]:
    """Select the sessions an actor may see: their own."""
    return select(SignInSession).where(SignInSession.person_id == actor.id)


async def list_sessions(
    session: AsyncSession, actor: Actor, *, now: datetime, wish: PageWish
) -> tuple[Sequence[SignInSession], str | None]:
    """List the actor's sessions that live, the oldest first."""
    statement = sessions_visible_to(actor).where(lives_at(now))
    return await page_of(session, statement, order=(SignInSession.id,), wish=wish)


async def lock_sessions(
    session: AsyncSession, *, person_id: UUID, session_id: UUID | None = None, now: datetime
) -> list[SignInSession]:
    """Lock a person's sessions that live, or one of them, in the order of their ids."""
    statement = select(SignInSession).where(SignInSession.person_id == person_id, lives_at(now))
    if session_id is not None:
        statement = statement.where(SignInSession.id == session_id)
    locked = statement.order_by(SignInSession.id).with_for_update(key_share=True)
    return list((await session.scalars(locked)).all())


@dataclass(frozen=True)
class Family:
    """A refresh token with its session, locked: whether that lives, and the number of its newest token."""

    session: SignInSession
    token: RefreshToken
    lives: bool
    newest: int


async def lock_family(session: AsyncSession, token_hash: bytes, *, now: datetime) -> Family | None:
    """Lock the session of a refresh token, and only then read what became of the token."""
    owner = select(RefreshToken.session_id).where(RefreshToken.token_hash == token_hash).scalar_subquery()
    family = (
        await session.scalars(select(SignInSession).where(SignInSession.id == owner).with_for_update(key_share=True))
    ).one_or_none()
    if family is None:
        return None
    token = (await session.scalars(select(RefreshToken).where(RefreshToken.token_hash == token_hash))).one()
    newest = select(func.max(RefreshToken.number)).where(RefreshToken.session_id == family.id).scalar_subquery()
    enabled = select(Person.id).where(Person.id == family.person_id, Person.disabled_at.is_(None)).exists()
    found = (await session.execute(select(newest, enabled))).one()
    lives = family.ended_at is None and now < min(family.ends_at, family.idle_ends_at) and found[1]
    return Family(family, token, lives=lives, newest=found[0])


async def knows_token(session: AsyncSession, token_hash: bytes) -> bool:
    """Tell whether a refresh token was given out."""
    return await session.get(RefreshToken, token_hash) is not None


async def locked_until(session: AsyncSession, keys: Mapping[AttemptKind, bytes]) -> datetime | None:
    """Tell until when an account or an address has to wait, whichever is longer."""
    rows = or_(*(and_(SignInAttempts.kind == kind, SignInAttempts.key_hash == key) for kind, key in keys.items()))
    return await session.scalar(select(func.max(SignInAttempts.locked_until)).where(rows))


async def lock_attempts(session: AsyncSession, kind: AttemptKind, key_hash: bytes) -> SignInAttempts:
    """Lock a count of failed attempts that is there."""
    statement = select(SignInAttempts).where(SignInAttempts.kind == kind, SignInAttempts.key_hash == key_hash)
    return (await session.scalars(statement.with_for_update())).one()

"""Counting failed attempts to sign in, in transactions of their own: the count stands though the request fails."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Self

from sqlalchemy import ColumnElement, and_, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import db, origins
from x_pilot_api.core.service import Service
from x_pilot_api.identity import queries, rules
from x_pilot_api.identity.errors import SignInLocked
from x_pilot_api.identity.models import AttemptKind, SignInAttempts

KEPT = timedelta(days=7)
"""How long a count is kept after its last failure; no delay and no memory of failures lasts longer in practice."""


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in: keyed hashes of the name and of the address, and when it was made."""

    keys: Mapping[AttemptKind, bytes]
    at: datetime

    @classmethod
    def of(cls, service: Service, *, username: str, at: datetime) -> Self:
        """Name an attempt by hashes: a name nobody has may be a password typed into the wrong field."""
        named = {AttemptKind.ACCOUNT: username, AttemptKind.ADDRESS: origins.counted_as(origins.address())}
        keys = {
            kind: service.sealer.keyed_hash(f"sign-in/{kind}", name.encode(errors="surrogatepass"))
            for kind, name in named.items()
        }
        return cls(keys, at)


async def start(service: Service, attempt: Attempt) -> None:
    """Refuse an attempt that comes too soon, and count any other as failed until it has not.

    Counted beforehand, so that a thousand guesses sent at once are no more than the same guesses in a row.
    """
    async with service.database.transaction() as session:
        await _refuse_early(session, attempt)
        await _count(session, attempt, AttemptKind.ACCOUNT)


async def count_failure(service: Service, attempt: Attempt) -> None:
    """Count a failed attempt against its address too; the account's was counted when it began."""
    async with service.database.transaction() as session:
        await _count(session, attempt, AttemptKind.ADDRESS)


async def take_back(service: Service, attempt: Attempt) -> None:
    """Count an attempt as not made: the password was right, and something else is still missing."""
    async with service.database.transaction() as session:
        await session.execute(
            update(SignInAttempts)
            .where(_is(attempt, AttemptKind.ACCOUNT), SignInAttempts.failures > 0)
            .values(failures=SignInAttempts.failures - 1, locked_until=None)
        )


async def succeed(session: AsyncSession, attempt: Attempt) -> None:
    """Forget the failures of an account whose owner is in; those of the address may be somebody else's."""
    await session.execute(delete(SignInAttempts).where(_is(attempt, AttemptKind.ACCOUNT)))


def _is(attempt: Attempt, kind: AttemptKind) -> ColumnElement[bool]:
    return and_(SignInAttempts.kind == kind, SignInAttempts.key_hash == attempt.keys[kind])


async def _refuse_early(session: AsyncSession, attempt: Attempt) -> None:
    locked = await queries.locked_until(session, attempt.keys)
    if locked is not None and locked > attempt.at:
        raise SignInLocked(seconds=ceil((locked - attempt.at).total_seconds()))


async def _count(session: AsyncSession, attempt: Attempt, kind: AttemptKind) -> None:
    fresh = {"kind": kind, "key_hash": attempt.keys[kind], "failures": 0, "failed_at": attempt.at}
    await session.execute(insert(SignInAttempts).values(fresh).on_conflict_do_nothing())
    row = await queries.lock_attempts(session, kind, attempt.keys[kind])
    if kind is AttemptKind.ACCOUNT:
        # Again under the lock: of many guesses sent at once the one before may just have used up what was free.
        await _refuse_early(session, attempt)
    limit = rules.LIMITS[kind]
    row.failures = rules.failures_left(limit, row.failures, failed_at=row.failed_at, now=attempt.at) + 1
    row.failed_at = attempt.at
    delay = rules.delay_after(limit, row.failures)
    row.locked_until = attempt.at + delay if delay else None
    await session.flush()


async def remove_old(session: AsyncSession, *, now: datetime, at_most: int) -> int:
    """Remove some counts in which every failure is forgotten; tell how many, 0 when there are no more."""
    before = now - KEPT
    mark = tuple_(SignInAttempts.kind, SignInAttempts.key_hash)
    old = select(SignInAttempts.kind, SignInAttempts.key_hash).where(SignInAttempts.failed_at < before).limit(at_most)
    return await db.write(session, delete(SignInAttempts).where(mark.in_(old)))

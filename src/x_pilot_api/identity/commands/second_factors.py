"""Second factors: enrolling a generator of time-based codes, giving a code back, losing the generator."""

import base64
import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

import pyotp
from pyotp.totp import TOTP
from pyotp.utils import strings_equal
from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.identity import queries, rules
from x_pilot_api.identity.commands import sessions
from x_pilot_api.identity.errors import (
    NotOneself,
    SecondFactorKnown,
    SecondFactorLocked,
    SecondFactorNeeded,
    SecondFactorRefused,
    SecondFactorUnconfirmed,
)
from x_pilot_api.identity.models import AttemptKind, RecoveryCode, SecondFactor, SessionEnd, SignInSession

_CONTEXT = "second_factors"
_ISSUER = "X-Pilot"
_STEPS_AROUND = (0, -1, 1)
"""A clock may be half a minute off in either direction."""

RECOVERY_CODES = 10
_RECOVERY_BYTES = 10


@dataclass(frozen=True)
class Checked:
    """What became of a code: whether it was asked for and right, or the refusal to answer with.

    A refusal is given back and not raised, so that the count of wrong codes is committed with it.
    """

    passed: bool
    refusal: AppError | None = None


def _generator(sealer: Sealer, factor: SecondFactor) -> TOTP:
    return TOTP(sealer.open(factor.sealed_secret, key_id=factor.key_id, context=_CONTEXT).decode())


def _step_of(generator: TOTP, code: str, at: datetime) -> int | None:
    """Tell which half minute a code belongs to, if it is one of those around now."""
    now = generator.timecode(at)
    return next((now + off for off in _STEPS_AROUND if strings_equal(code, generator.generate_otp(now + off))), None)


def _hash(code: str) -> bytes:
    # Eighty random bits need no slow hash.
    return hashlib.sha256(code.replace("-", "").upper().encode(errors="surrogatepass")).digest()


def _recovery_code() -> str:
    letters = base64.b32encode(os.urandom(_RECOVERY_BYTES)).decode()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


async def enrol(session: AsyncSession, actor: Actor, *, sealer: Sealer) -> str:
    """Begin a second factor, and tell the address that a generator reads; it counts once a code is given back."""
    person = await queries.lock_person(session, actor.id)
    known = await queries.lock_second_factor(session, actor.id)
    if known is not None and known.confirmed_at is not None:
        raise SecondFactorKnown
    if known is not None:
        await session.delete(known)
        await session.flush()
    secret = pyotp.random_base32()
    session.add(
        SecondFactor(
            person_id=actor.id,
            sealed_secret=sealer.seal(secret.encode(), context=_CONTEXT),
            key_id=sealer.key_id,
            enrolled_at=clock.now(),
        )
    )
    await session.flush()
    await _record(session, actor, "enrol_second_factor", actor.id)
    return TOTP(secret).provisioning_uri(name=person.username, issuer_name=_ISSUER)


async def confirm(session: AsyncSession, actor: Actor, *, sealer: Sealer, code: str) -> list[str]:
    """Put a second factor in force by a code of it, and tell the recovery codes this once; other sessions end."""
    await queries.lock_person(session, actor.id)
    factor = await queries.lock_second_factor(session, actor.id)
    if factor is None or factor.confirmed_at is not None:
        raise SecondFactorUnconfirmed
    now = clock.now()
    step = _step_of(_generator(sealer, factor), code, now)
    if step is None:
        raise SecondFactorUnconfirmed
    factor.confirmed_at, factor.last_step = now, step
    await session.flush()
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    await session.execute(
        insert(RecoveryCode), [{"person_id": actor.id, "code_hash": _hash(recovery)} for recovery in codes]
    )
    await _prove(session, actor, now, by_second_factor=True)
    await sessions.end_sessions_of(
        session,
        actor,
        person_id=actor.id,
        except_session_id=actor.session_id,
        reason=SessionEnd.SECOND_FACTOR_CHANGED,
    )
    await _record(session, actor, "confirm_second_factor", actor.id)
    return codes


async def remove(session: AsyncSession, actor: Actor, *, person_id: UUID) -> None:
    """Take somebody's second factor away, as after a lost telephone; they enrol a new one. All their sessions end."""
    if person_id == actor.id:
        raise NotOneself
    person = await queries.lock_managed_person(session, actor, person_id)
    removed = await db.write(session, delete(SecondFactor).where(SecondFactor.person_id == person.id))
    await sessions.end_sessions_of(session, actor, person_id=person.id, reason=SessionEnd.SECOND_FACTOR_CHANGED)
    await audit.record(
        session,
        actor,
        "remove_second_factor",
        institution_id=None,
        object_kind="person",
        object_id=person.id,
        detail={"removed": removed},
    )


async def check(session: AsyncSession, sealer: Sealer, *, person_id: UUID, code: str | None, at: datetime) -> Checked:
    """Check a code of a person's second factor, if they have one; each code is good once."""
    factor = await queries.lock_second_factor(session, person_id)
    if factor is None or factor.confirmed_at is None:
        return Checked(passed=False)
    if not code:
        return Checked(passed=False, refusal=SecondFactorNeeded())
    if factor.locked_until is not None and factor.locked_until > at:
        return Checked(
            passed=False, refusal=SecondFactorLocked(seconds=ceil((factor.locked_until - at).total_seconds()))
        )
    passed = await _take(session, sealer, factor, code.strip(), at)
    if passed:
        factor.failures, factor.locked_until = 0, None
    else:
        _count(factor, at)
    await session.flush()
    return Checked(passed=passed, refusal=None if passed else SecondFactorRefused())


async def _take(session: AsyncSession, sealer: Sealer, factor: SecondFactor, code: str, at: datetime) -> bool:
    step = _step_of(_generator(sealer, factor), code, at)
    if step is not None:
        is_new = factor.last_step is None or step > factor.last_step
        factor.last_step = step if is_new else factor.last_step
        return is_new
    mine = (RecoveryCode.person_id == factor.person_id, RecoveryCode.code_hash == _hash(code))
    unused = update(RecoveryCode).where(*mine, RecoveryCode.used_at.is_(None))
    return bool(await db.write(session, unused.values(used_at=at)))


def _count(factor: SecondFactor, at: datetime) -> None:
    limit = rules.LIMITS[AttemptKind.ACCOUNT]
    left = rules.failures_left(limit, factor.failures, failed_at=factor.failed_at or at, now=at)
    factor.failures, factor.failed_at = left + 1, at
    delay = rules.delay_after(limit, factor.failures)
    factor.locked_until = at + delay if delay else None


async def prove_again(session: AsyncSession, actor: Actor, *, sealer: Sealer, code: str | None) -> Checked:
    """Note that somebody who is signed in has proven anew who they are; who has a second factor needs its code."""
    await queries.lock_person(session, actor.id)
    now = clock.now()
    checked = await check(session, sealer, person_id=actor.id, code=code, at=now)
    if checked.refusal is None:
        await _prove(session, actor, now, by_second_factor=checked.passed)
        await _record(session, actor, "prove_again", actor.id)
    return checked


async def _prove(session: AsyncSession, actor: Actor, now: datetime, *, by_second_factor: bool) -> None:
    proven = {"authenticated_at": now} | ({"second_factor_at": now} if by_second_factor else {})
    await session.execute(update(SignInSession).where(SignInSession.id == actor.session_id).values(proven))


async def _record(session: AsyncSession, actor: Actor, deed: str, person_id: UUID) -> None:
    await audit.record(session, actor, deed, institution_id=None, object_kind="person", object_id=person_id)

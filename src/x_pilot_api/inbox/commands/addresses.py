"""A person's mail address: given, proven by a code that is mailed to it, and taken away."""

import secrets
from datetime import datetime
from math import ceil
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, jobs
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import write
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.inbox import queries, rules
from x_pilot_api.inbox.errors import MailCodeRefused, MailCodeTooSoon
from x_pilot_api.inbox.models import MailAddress

_CONTEXT = "mail_addresses"


async def give_address(session: AsyncSession, actor: Actor, *, address: str, sealer: Sealer) -> None:
    """Give one's mail address; a code goes to it, and no mail beside that before the code came back."""
    now = clock.now()
    known = await queries.lock_address(session, actor.id)
    if known is not None and now - known.asked_at < rules.ASKING_PAUSE:
        raise MailCodeTooSoon(seconds=ceil((rules.ASKING_PAUSE - (now - known.asked_at)).total_seconds()))
    values = {
        "sealed_address": sealer.seal(address.encode(), context=_CONTEXT),
        "key_id": sealer.key_id,
        "asked_at": now,
        "code_hash": None,
        "code_expires_at": None,
        "failures": 0,
        "confirmed_at": None,
        "refused_at": None,
        "refused_status": None,
    }
    given = insert(MailAddress).values(person_id=actor.id, **values)
    await session.execute(given.on_conflict_do_update(index_elements=["person_id"], set_=values))
    await jobs.enqueue(
        session,
        "send_mail_code",
        arguments={"person_id": str(actor.id)},
        once_as=f"send_mail_code:{actor.id}",
    )
    await _record(session, actor, "give_mail_address")


async def make_code(session: AsyncSession, *, person_id: UUID, sealer: Sealer, at: datetime) -> tuple[str, str] | None:
    """Make a new code for an address that waits to be proven; tell the address and the code, which is kept hashed."""
    row = await queries.lock_address(session, person_id)
    if row is None or row.confirmed_at is not None:
        return None
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    row.code_hash, row.code_expires_at = _hash(sealer, person_id, code), at + rules.CODE_LIFETIME
    row.failures = 0
    await session.flush()
    return queries.open_address(row, sealer), code


async def confirm_address(session: AsyncSession, actor: Actor, *, code: str, sealer: Sealer) -> AppError | None:
    """Prove one's mail address by the code that was mailed to it.

    A refusal is given back and not raised, so that the count of wrong codes is committed with it.
    """
    now = clock.now()
    row = await queries.lock_address(session, actor.id)
    if row is None or row.code_hash is None or row.code_expires_at is None or row.code_expires_at <= now:
        return MailCodeRefused()
    if not secrets.compare_digest(row.code_hash, _hash(sealer, actor.id, code)):
        row.failures += 1
        if row.failures >= rules.CODE_FAILURES_MAX:
            row.code_hash = row.code_expires_at = None
        await session.flush()
        await _record(session, actor, "fail_mail_code", failures=row.failures)
        return MailCodeRefused()
    row.code_hash = row.code_expires_at = None
    row.confirmed_at, row.failures = now, 0
    await session.flush()
    await _record(session, actor, "confirm_mail_address")
    return None


async def remove_address(session: AsyncSession, actor: Actor) -> None:
    """Take one's mail address away; nothing is mailed any more."""
    if await write(session, delete(MailAddress).where(MailAddress.person_id == actor.id)):
        await _record(session, actor, "remove_mail_address")


def _hash(sealer: Sealer, person_id: UUID, code: str) -> bytes:
    # Eight digits are soon tried by who has the table alone; without the key there is nothing to compare with.
    return sealer.keyed_hash("mail_code", person_id.bytes + code.encode())


async def _record(session: AsyncSession, actor: Actor, deed: str, **detail: object) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=actor.institution_id,
        object_kind="person",
        object_id=actor.id,
        detail=detail,
    )

"""Freezing an account, letting it go on, and closing it with a certified statement."""

import hashlib
import json
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.commands import opening, recognition
from x_pilot_api.credits.errors import AccountNotSettled
from x_pilot_api.credits.models import ClosingStatement, CreditAccount
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.registry import queries as registry
from x_pilot_api.tallies import commands as tallies

_EVERYTHING = 1_000_000
_VERSION = 1
_OWN = "fact.id = :account_id"
_PERSON = "SELECT identity_document_id FROM students WHERE institution_id = :institution_id AND id = :student_id"


async def freeze_account(session: AsyncSession, actor: Actor, *, account_id: UUID, reason: str) -> CreditAccount:
    """Let an account take and give nothing for now."""
    account = await _lock(session, actor, account_id)
    await _move(session, actor, account, "freeze", reason=reason)
    return account


async def unfreeze_account(session: AsyncSession, actor: Actor, *, account_id: UUID, reason: str) -> CreditAccount:
    """Let a frozen account go on; certificates that waited meanwhile are recognised now."""
    account = await _lock(session, actor, account_id)
    await _move(session, actor, account, "unfreeze", reason=reason)
    await staging.empty(session, opening.STAGED)
    await session.execute(
        insert(opening.STAGED).values(student_id=account.student_id, account_id=account.ledger_account_id)
    )
    await recognition.recognise_awards(
        session, actor, institution_id=account.institution_id, wishes=rules.AWAITING_ACCOUNT, cause=uuid4()
    )
    return account


async def close_account(session: AsyncSession, actor: Actor, *, account_id: UUID, reason: str) -> CreditAccount:
    """Close an account for good with a statement of all that is in it; refused while something is pending or held.

    What was accumulated stays on record where it is: it can be used no more here, and a certificate that is revoked
    later still takes its own credits back.
    """
    account = await _lock(session, actor, account_id)
    holds = await ledger.lock_account(
        session, institution_id=account.institution_id, account_id=account.ledger_account_id
    )
    if holds.held_out or holds.pending_in:
        raise AccountNotSettled(held=holds.held_out, pending=holds.pending_in)
    async with tallies.changing(
        session, rules.ACCOUNTS, institution_id=account.institution_id, rows=_OWN, values={"account_id": account.id}
    ):
        await _move(session, actor, account, "close", reason=reason)
    content = await _content(session, account)
    session.add(
        ClosingStatement(
            institution_id=account.institution_id,
            account_id=account.id,
            reason=reason,
            posted_hundredths=holds.posted,
            movements=holds.seq,
            content=content,
            content_hash=hashlib.sha256(content.encode()).hexdigest(),
            actor_id=actor.id,
        )
    )
    await session.flush()
    return account


async def _content(session: AsyncSession, account: CreditAccount) -> str:
    """Write the statement that is certified: everything up to now, in one form, naming the student by id alone."""
    whole = PageWish(size=_EVERYTHING, after=None)
    statement = await queries.state_account(session, account, as_of=None, wish=whole)
    told = statement.model_dump(mode="json", by_alias=True, exclude={"next_page_token", "as_of"})
    told |= {"version": _VERSION, "institution_id": str(account.institution_id)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


async def _lock(session: AsyncSession, actor: Actor, account_id: UUID) -> CreditAccount:
    """Lock the person and then the account, in the order of every deed that moves credits."""
    account = await queries.get_visible_account(session, actor, account_id)
    values = {"institution_id": account.institution_id, "student_id": account.student_id}
    await registry.lock_persons(session, documents=_PERSON, values=values)
    statement = (
        select(CreditAccount)
        .where(CreditAccount.institution_id == account.institution_id, CreditAccount.id == account.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def _move(session: AsyncSession, actor: Actor, account: CreditAccount, deed: str, *, reason: str) -> None:
    before = account.state
    account.state = rules.ACCOUNT.target_of(deed, state=before)
    account.state_reason = reason
    account.closed_at = clock.now() if deed == "close" else None
    await session.flush()
    await audit.record(
        session,
        actor,
        f"{deed}_credit_account",
        institution_id=account.institution_id,
        object_kind="credit_account",
        object_id=account.id,
        detail={"reason": reason, "from": before, "to": account.state},
    )

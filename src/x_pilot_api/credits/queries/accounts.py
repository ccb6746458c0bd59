"""Reading credit accounts, what is in them, and why."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards.models import Award
from x_pilot_api.core import clock, languages, lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.quantities import format_hundredths
from x_pilot_api.credits import rules
from x_pilot_api.credits.models import CreditAccount, LearningOutcome, OutcomeReason
from x_pilot_api.credits.schemas import CohortIn, CreditAccountOut, EntryOut, OutcomeOut
from x_pilot_api.ledger import queries as ledger
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Student

_OUTCOMES = text("""
SELECT outcome.id, outcome.award_id, outcome.certificate_level_id, certificate.name AS certificate_name, level.level,
    award.number AS award_number, outcome.earned_on, outcome.state, outcome.reason, outcome.mapping_id,
    rule.version AS mapping_version, outcome.rule_credit_hundredths, outcome.credit_hundredths, outcome.due_at
FROM learning_outcomes AS outcome
JOIN awards AS award ON award.institution_id = outcome.institution_id AND award.id = outcome.award_id
JOIN certificate_levels AS level ON level.id = outcome.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
LEFT JOIN mappings AS rule ON rule.institution_id = outcome.institution_id AND rule.id = outcome.mapping_id
WHERE outcome.institution_id = :institution_id AND outcome.student_id = :student_id
ORDER BY outcome.earned_on, outcome.id
""")

_ENTRIES = text("""
SELECT moved.seq, moved.id AS transfer_id, moved.entry_id, moved.recorded_at, entry.kind, moved.phase, moved.amount,
    moved.available, entry.reverses_id, outcome.id AS outcome_id, outcome.award_id, outcome.mapping_id
FROM (
    (SELECT credit_seq AS seq, id, entry_id, recorded_at, phase, amount, credit_available AS available
     FROM transfers WHERE institution_id = :institution_id AND credit_account_id = :account_id AND credit_seq > :after
     ORDER BY credit_seq LIMIT :size)
    UNION ALL
    (SELECT debit_seq, id, entry_id, recorded_at, phase, -amount, debit_available
     FROM transfers WHERE institution_id = :institution_id AND debit_account_id = :account_id AND debit_seq > :after
     ORDER BY debit_seq LIMIT :size)
) AS moved
JOIN journal_entries AS entry ON entry.institution_id = :institution_id AND entry.id = moved.entry_id
LEFT JOIN learning_outcomes AS outcome ON entry.source_kind = 'learning_outcome'
    AND outcome.institution_id = :institution_id AND outcome.id = entry.source_id
ORDER BY moved.seq LIMIT :size
""")


def cohort(actor: Actor, wish: CohortIn) -> Select[Student]:
    """Select the students named of those the actor may act for."""
    statement = registry.visible_students(actor)
    if wish.student_ids is not None:
        return statement.where(Student.id.in_(wish.student_ids))
    statement = statement.where(Student.programme_id == wish.programme_id)
    if wish.entry_year is not None:
        statement = statement.where(Student.entry_year == wish.entry_year)
    if wish.class_name is not None:
        statement = statement.where(Student.class_name == wish.class_name)
    return statement


def accounts_visible_to(actor: Actor) -> Select[CreditAccount]:
    """Select the accounts of the students an actor may see."""
    students = registry.visible_students(actor).subquery()
    return select(CreditAccount).where(
        CreditAccount.institution_id == students.c.institution_id, CreditAccount.student_id == students.c.id
    )


async def get_account_of_student(session: AsyncSession, actor: Actor, student_id: UUID) -> CreditAccountOut:
    """Read a student's account, the open one before closed ones."""
    statement = (
        accounts_visible_to(actor)
        .where(CreditAccount.student_id == student_id)
        .order_by(CreditAccount.closed_at.desc().nulls_first())
        .limit(1)
    )
    account = await lookups.get_one(session, statement, what="credit account", zh="学分账户")
    return await describe_account(session, actor, account)


async def describe_account(session: AsyncSession, actor: Actor, account: CreditAccount) -> CreditAccountOut:
    """Tell one account with its balance and every certificate behind it."""
    balance = await ledger.get_balance(
        session, institution_id=account.institution_id, account_id=account.ledger_account_id
    )
    rows = await session.execute(
        _OUTCOMES, {"institution_id": account.institution_id, "student_id": account.student_id}
    )
    return CreditAccountOut(
        id=account.id,
        student_id=account.student_id,
        state=account.state,
        opened_at=account.opened_at,
        closed_at=account.closed_at,
        state_reason=account.state_reason,
        allowed_deeds=rules.ACCOUNT.allowed_deeds(actor, state=account.state),
        accumulated=balance.posted,
        pending=balance.pending_in,
        held=balance.held_out,
        available=balance.posted - balance.held_out,
        outcomes=[_outcome(row) for row in rows.all()],
    )


def _outcome(row: Row[*tuple[Any, ...]]) -> OutcomeOut:
    due: datetime | None = row.due_at
    explanation = (
        rules.EXPLANATIONS[OutcomeReason(row.reason)]
        .said_in(languages.spoken())
        .format(
            version=row.mapping_version,
            rule=format_hundredths(row.rule_credit_hundredths),
            credit=format_hundredths(row.credit_hundredths),
            due=due.isoformat(timespec="minutes") if due else "-",
        )
    )
    return OutcomeOut(
        id=row.id,
        award_id=row.award_id,
        certificate_level_id=row.certificate_level_id,
        certificate_name=row.certificate_name,
        level=row.level,
        award_number=row.award_number,
        earned_on=row.earned_on,
        state=row.state,
        reason=row.reason,
        explanation=explanation,
        mapping_id=row.mapping_id,
        mapping_version=row.mapping_version,
        rule_credit=row.rule_credit_hundredths,
        credit=row.credit_hundredths,
    )


async def list_entries(
    session: AsyncSession, actor: Actor, *, account_id: UUID, after: int, size: int
) -> Sequence[EntryOut]:
    """List the movements on an account after a sequence number, in their order."""
    account = await lookups.get_one(
        session, accounts_visible_to(actor).where(CreditAccount.id == account_id), what="credit account", zh="学分账户"
    )
    rows = await session.execute(
        _ENTRIES,
        {
            "institution_id": account.institution_id,
            "account_id": account.ledger_account_id,
            "after": after,
            "size": size,
        },
    )
    return [
        EntryOut(
            seq=row.seq,
            transfer_id=row.transfer_id,
            entry_id=row.entry_id,
            recorded_at=row.recorded_at,
            kind=row.kind,
            phase=row.phase,
            amount=row.amount,
            available_after=row.available,
            reverses_entry_id=row.reverses_id,
            outcome_id=row.outcome_id,
            award_id=row.award_id,
            mapping_id=row.mapping_id,
        )
        for row in rows.all()
    ]


async def list_institutions_with_due_deposits(session: AsyncSession) -> Sequence[UUID]:
    """List the institutions in which an objection window has ended and the deposit is not posted yet."""
    pending = (LearningOutcome.reason == OutcomeReason.DEPOSIT_PENDING, LearningOutcome.due_at <= clock.now())
    found = select(LearningOutcome.institution_id).where(*pending).distinct()
    return (await session.scalars(found.order_by(LearningOutcome.institution_id))).all()


async def find_credit_of(session: AsyncSession, award: Award) -> int | None:
    """Tell what a certificate brought its holder, in hundredths of a credit; None where nothing came of it."""
    statement = select(LearningOutcome.credit_hundredths).where(
        LearningOutcome.institution_id == award.institution_id, LearningOutcome.award_id == award.id
    )
    return (await session.execute(statement)).scalar_one_or_none()

"""Opening credit accounts, one or a whole cohort at once."""

from uuid import UUID, uuid4

from sqlalchemy import Column, Table, Uuid, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.commands import recognition
from x_pilot_api.credits.errors import CohortEmpty, StudentsUnknown
from x_pilot_api.credits.models import AccountState, CreditAccount
from x_pilot_api.credits.schemas import AccountsOpenedOut, CohortIn, SkippedOut, SkipReason
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.ledger.models import Unit
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Student, StudentStatus
from x_pilot_api.tallies import commands as tallies

ACCUMULATED = "accumulated"
"""A student's account in the book."""

_TOLD_MAX = 100

STAGED: Table = staging.staging_table("staged_accounts", Column("student_id", Uuid), Column("account_id", Uuid))

_PERSONS = """
SELECT identity_document_id FROM students
WHERE institution_id = :institution_id AND id = ANY(CAST(:student_ids AS uuid[]))
"""

_OPEN = text("""
INSERT INTO credit_accounts (institution_id, student_id, ledger_account_id)
SELECT :institution_id, student_id, account_id FROM staged_accounts ORDER BY student_id
""")

_OPENED = "fact.ledger_account_id IN (SELECT account_id FROM staged_accounts)"


async def open_accounts(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, cohort: CohortIn
) -> AccountsOpenedOut:
    """Open an account for every student named who has none; outcomes that waited for one are recognised now."""
    asked = queries.cohort(actor, cohort).subquery()
    student_ids = list((await session.scalars(select(asked.c.id).order_by(asked.c.id))).all())
    unknown = sorted(set(cohort.student_ids or ()) - set(student_ids))
    if unknown:
        faults: list[Fault] = [
            {"pointer": "/student_ids", "code": "student_unknown", "detail": str(found)} for found in unknown[:100]
        ]
        raise StudentsUnknown(count=len(unknown), faults=faults)
    if not student_ids:
        raise CohortEmpty(asked=len(cohort.student_ids or ()))
    await registry.lock_persons(
        session, documents=_PERSONS, values={"institution_id": institution_id, "student_ids": student_ids}
    )
    cause = uuid4()
    await _stage(session, institution_id=institution_id, student_ids=student_ids)
    skipped = await _skipped(session, institution_id=institution_id, student_ids=student_ids)
    await ledger.open_limited_accounts(
        session,
        actor,
        institution_id=institution_id,
        unit=Unit.CREDIT,
        kind=ACCUMULATED,
        wishes="SELECT account_id FROM staged_accounts",
        cause=cause,
    )
    opened = await _open_staged(session, institution_id=institution_id)
    moved = await recognition.recognise_awards(
        session, actor, institution_id=institution_id, wishes=rules.AWAITING_ACCOUNT, cause=cause
    )
    await audit.record(
        session,
        actor,
        "open_credit_accounts",
        institution_id=institution_id,
        object_kind="credit_accounts",
        object_id=cause,
        detail={"opened": opened, "skipped": len(skipped)},
    )
    return AccountsOpenedOut(
        opened=opened,
        already_open=sum(reason is SkipReason.ALREADY_OPEN for reason in skipped.values()),
        not_enrolled=sum(reason is SkipReason.NOT_ENROLLED for reason in skipped.values()),
        skipped=[SkippedOut(student_id=one, reason=skipped[one]) for one in sorted(skipped)[:_TOLD_MAX]],
        outcomes_recognised=sum(moved.outcomes.values()),
        credit_posted=moved.credit_posted,
    )


async def _open_staged(session: AsyncSession, *, institution_id: UUID) -> int:
    opened = await db.write(session, _OPEN, {"institution_id": institution_id})
    await tallies.add(session, rules.ACCOUNTS, institution_id=institution_id, rows=_OPENED)
    return opened


async def _skipped(session: AsyncSession, *, institution_id: UUID, student_ids: list[UUID]) -> dict[UUID, SkipReason]:
    """Tell who of the cohort is left out, and why; asked before the accounts are opened."""
    has_one = select(CreditAccount.student_id).where(
        CreditAccount.institution_id == institution_id, CreditAccount.state != AccountState.CLOSED
    )
    left_out = select(Student.id, Student.id.in_(has_one)).where(
        Student.institution_id == institution_id,
        Student.id.in_(student_ids),
        Student.id.not_in(select(STAGED.c.student_id)),
    )
    return {
        student_id: SkipReason.ALREADY_OPEN if is_open else SkipReason.NOT_ENROLLED
        for student_id, is_open in (await session.execute(left_out)).all()
    }


async def _stage(session: AsyncSession, *, institution_id: UUID, student_ids: list[UUID]) -> None:
    """Stage those of the students who are enrolled and have no open account."""
    await staging.empty(session, STAGED)
    has_one = select(CreditAccount.student_id).where(
        CreditAccount.institution_id == institution_id, CreditAccount.state != AccountState.CLOSED
    )
    missing = select(Student.id, func.uuidv7()).where(
        Student.institution_id == institution_id,
        Student.id.in_(student_ids),
        Student.status == StudentStatus.ENROLLED,
        Student.id.not_in(has_one),
    )
    await session.execute(insert(STAGED).from_select(["student_id", "account_id"], missing))

"""A student's credit account, what came of each certificate, and what is still lacking."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.progress import queries as progress
from x_pilot_api.student_space.queries.owning import Own
from x_pilot_api.student_space.schemas import (
    OwnAccountOut,
    OwnEntryOut,
    OwnLackOut,
    OwnLevelOut,
    OwnOutcomeOut,
    OwnProgressOut,
    OwnSubmissionOut,
)

_ENTRIES_SHOWN = 5

_ACCOUNT = text("""
SELECT account.id, account.state, account.opened_at, account.closed_at, account.ledger_account_id,
    balance.posted AS accumulated, balance.pending_in AS pending, balance.held_out AS held,
    balance.posted - balance.held_out AS available
FROM credit_accounts AS account
JOIN ledger_balances AS balance ON balance.institution_id = account.institution_id
    AND balance.account_id = account.ledger_account_id
WHERE account.institution_id = :institution_id AND account.student_id = :student_id
ORDER BY account.closed_at DESC NULLS FIRST LIMIT 1
""")

_ENTRIES = text("""
SELECT moved.seq, moved.recorded_at, entry.kind, moved.phase, moved.amount, moved.available_after
FROM (
    (SELECT credit_seq AS seq, entry_id, recorded_at, phase, amount, credit_available AS available_after
     FROM transfers WHERE institution_id = :institution_id AND credit_account_id = :account_id
     ORDER BY credit_seq DESC NULLS LAST LIMIT :size)
    UNION ALL
    (SELECT debit_seq, entry_id, recorded_at, phase, -amount, debit_available
     FROM transfers WHERE institution_id = :institution_id AND debit_account_id = :account_id
     ORDER BY debit_seq DESC NULLS LAST LIMIT :size)
) AS moved
JOIN journal_entries AS entry ON entry.institution_id = :institution_id AND entry.id = moved.entry_id
ORDER BY moved.seq DESC LIMIT :size
""")

_OUTCOMES = text("""
SELECT outcome.id, outcome.award_id, outcome.certificate_level_id, certificate.name AS certificate_name, level.level,
    outcome.state, outcome.reason, outcome.credit_hundredths AS credit, outcome.due_at
FROM learning_outcomes AS outcome
JOIN certificate_levels AS level ON level.id = outcome.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE outcome.institution_id = :institution_id AND outcome.student_id = :student_id
    AND (CAST(:ids AS uuid[]) IS NULL OR outcome.id = ANY(CAST(:ids AS uuid[])))
ORDER BY outcome.earned_on DESC, outcome.id DESC LIMIT :size
""")

_SUBMISSIONS = text("""
SELECT outcome.id, outcome.kind, coalesce(outcome.document_number, course.code || ' ' || course.name) AS evidence,
    outcome.state, outcome.credit_hundredths AS credit, outcome.expired_hundredths AS expired, notice.expires_on,
    outcome.end_reason
FROM submitted_outcomes AS outcome
LEFT JOIN courses AS course ON course.institution_id = outcome.institution_id AND course.id = outcome.course_id
LEFT JOIN expiry_notices AS notice ON notice.institution_id = outcome.institution_id
    AND notice.submitted_outcome_id = outcome.id
WHERE outcome.institution_id = :institution_id AND outcome.student_id = :student_id
    AND (CAST(:ids AS uuid[]) IS NULL OR outcome.id = ANY(CAST(:ids AS uuid[])))
ORDER BY outcome.id DESC LIMIT :size
""")


async def find_account(session: AsyncSession, own: Own) -> OwnAccountOut | None:
    """Find the student's credit account, the open one before closed ones, with its last movements."""
    whose = {"institution_id": own.institution_id}
    row = (await session.execute(_ACCOUNT, whose | {"student_id": own.student_id})).one_or_none()
    if row is None:
        return None
    moved = await session.execute(_ENTRIES, whose | {"account_id": row.ledger_account_id, "size": _ENTRIES_SHOWN})
    return OwnAccountOut(
        id=row.id,
        state=row.state,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        accumulated=row.accumulated,
        pending=row.pending,
        held=row.held,
        available=row.available,
        last_entries=[OwnEntryOut.model_validate(entry, from_attributes=True) for entry in moved],
        entries_path=f"/v1/credit-accounts/{row.id}/entries",
    )


async def list_outcomes(session: AsyncSession, own: Own, *, ids: Collection[UUID] | None = None) -> list[OwnOutcomeOut]:
    """List what came of each of the student's certificates, the last earned first."""
    rows = await session.execute(_OUTCOMES, own.bound(ids))
    return [OwnOutcomeOut.model_validate(row, from_attributes=True) for row in rows]


async def list_submissions(
    session: AsyncSession, own: Own, *, ids: Collection[UUID] | None = None
) -> list[OwnSubmissionOut]:
    """List how far the student's outcomes from courses and training are, the last submitted first."""
    rows = await session.execute(_SUBMISSIONS, own.bound(ids))
    return [OwnSubmissionOut.model_validate(row, from_attributes=True) for row in rows]


async def own_progress(session: AsyncSession, actor: Actor, own: Own) -> OwnProgressOut:
    """Tell what the student still lacks, and how far each certificate is."""
    told = await progress.get_progress(session, actor, own.student_id)
    diploma = told.diploma
    return OwnProgressOut(
        required=diploma.required,
        earned=diploma.earned,
        converted=diploma.converted,
        left=diploma.left,
        lacks=[
            OwnLackOut.model_validate(category, from_attributes=True)
            for category in diploma.categories
            if category.compulsory_left or category.left != 0
        ],
        certificates=[OwnLevelOut.model_validate(level, from_attributes=True) for level in told.certificates],
        missing=[missing.code for missing in told.missing],
    )

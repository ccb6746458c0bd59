"""A teacher's workload of a year, reckoned from the book, each movement with the record it rests on."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.registry.models import Teacher
from x_pilot_api.social_training import rules
from x_pilot_api.social_training.schemas import WorkloadLineOut, WorkloadStatementOut

# Every movement of such an account is at once and whole, so what it holds is what came less what went.
_LINES = text("""
SELECT moved.seq, moved.recorded_at, entry.kind, record.id AS record_id, record.worked_on, class.title, record.what,
    record.hours_tenths, ratio.numerator, ratio.denominator, ratio.document_number, moved.change,
    CASE WHEN entry.reverses_id IS NOT NULL THEN record.reversal_reason END AS reason
FROM workload_accounts AS account
JOIN LATERAL (
    SELECT credit_seq AS seq, entry_id, recorded_at, amount AS change FROM transfers
    WHERE institution_id = account.institution_id AND credit_account_id = account.ledger_account_id
    UNION ALL
    SELECT debit_seq, entry_id, recorded_at, -amount FROM transfers
    WHERE institution_id = account.institution_id AND debit_account_id = account.ledger_account_id
) AS moved ON true
JOIN journal_entries AS entry ON entry.institution_id = account.institution_id AND entry.id = moved.entry_id
JOIN workload_records AS record ON record.institution_id = account.institution_id AND record.id = entry.source_id
JOIN social_classes AS class ON class.institution_id = record.institution_id AND class.id = record.social_class_id
JOIN workload_ratios AS ratio ON ratio.institution_id = record.institution_id AND ratio.id = record.ratio_id
WHERE account.institution_id = :institution_id AND account.teacher_id = :teacher_id
    AND record.worked_on BETWEEN :first_on AND :last_on
ORDER BY moved.seq
""")

_HELD = text("""
SELECT coalesce(sum(balance.posted), 0)::bigint FROM workload_accounts AS account
JOIN ledger_balances AS balance ON balance.institution_id = account.institution_id
    AND balance.account_id = account.ledger_account_id
WHERE account.institution_id = :institution_id AND account.teacher_id = :teacher_id
""")


async def state_workload(session: AsyncSession, teacher: Teacher, *, academic_year: str) -> WorkloadStatementOut:
    """State a teacher's workload of an academic year, with the balance after each movement."""
    first, last = rules.days_of(academic_year)
    values = {"institution_id": teacher.institution_id, "teacher_id": teacher.id}
    rows = (await session.execute(_LINES, values | {"first_on": first, "last_on": last})).all()
    held: int = (await session.execute(_HELD, values)).scalar_one()
    lines: list[WorkloadLineOut] = []
    balance = hours = 0
    for row in rows:
        balance += row.change
        hours += row.hours_tenths if row.change > 0 else -row.hours_tenths
        lines.append(
            WorkloadLineOut(
                seq=row.seq,
                recorded_at=row.recorded_at,
                kind=row.kind,
                record_id=row.record_id,
                worked_on=row.worked_on,
                class_title=row.title,
                what=row.what,
                hours_tenths=row.hours_tenths,
                ratio=rules.ratio_written(row.numerator, row.denominator),
                document_number=row.document_number,
                change=row.change,
                balance=balance,
                reason=row.reason,
            )
        )
    return WorkloadStatementOut(
        teacher_id=teacher.id,
        teacher_name=teacher.name,
        staff_number=teacher.staff_number,
        academic_year=academic_year,
        hours_tenths=hours,
        workload=balance,
        account_workload=held,
        lines=lines,
    )

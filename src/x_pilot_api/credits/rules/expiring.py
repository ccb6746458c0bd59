"""Expiry by policy: whose credits run out when, who is told of it, and what is taken from which account.

The version in force on the civil day the credits were posted says how long they last: no later version reaches back.
Nobody's credits run out before they were told so long beforehand as that version says, whatever day it is by then.
"""

EXPIRED_KIND = "expired_credit"

# The day on which an outcome's credits were posted: at once, or when the objection window ended.
_POSTED = """
SELECT 'certificate' AS kind, outcome.id AS learning_outcome_id, CAST(NULL AS uuid) AS submitted_outcome_id,
    outcome.student_id, outcome.entry_id,
    outcome.credit_hundredths - outcome.used_hundredths - outcome.expired_hundredths AS free,
    CAST(coalesce(posted.recorded_at, moved.recorded_at) AT TIME ZONE CAST(:timezone AS text) AS date) AS posted_on
FROM learning_outcomes AS outcome
JOIN transfers AS moved ON moved.institution_id = :institution_id AND moved.entry_id = outcome.entry_id
    AND moved.phase IN ('single', 'pending')
LEFT JOIN transfers AS posted ON posted.institution_id = :institution_id AND posted.resolves_id = moved.id
WHERE outcome.institution_id = :institution_id AND outcome.reason = 'deposited'
    AND outcome.credit_hundredths > outcome.used_hundredths + outcome.expired_hundredths
UNION ALL
SELECT outcome.kind, NULL, outcome.id, outcome.student_id, outcome.entry_id,
    outcome.credit_hundredths - outcome.expired_hundredths, outcome.recognised_on
FROM submitted_outcomes AS outcome
WHERE outcome.institution_id = :institution_id AND outcome.state = 'recognised'
    AND outcome.credit_hundredths > outcome.expired_hundredths
"""

# A frozen account gives nothing, not even this; a closed one keeps what was certified.
_ACTIVE = """
JOIN credit_accounts AS account ON account.institution_id = :institution_id
    AND account.student_id = held.student_id AND account.state = 'active'
"""

_TO_TELL = f"""
FROM ({_POSTED}) AS held
{_ACTIVE}
CROSS JOIN LATERAL (
    SELECT policy.id FROM expiry_policies AS policy
    WHERE policy.institution_id = :institution_id AND policy.effective_from <= held.posted_on
    ORDER BY policy.version DESC LIMIT 1) AS policy
JOIN expiry_terms AS term ON term.institution_id = :institution_id AND term.policy_id = policy.id
    AND term.kind = held.kind
CROSS JOIN LATERAL (
    SELECT CAST(held.posted_on + make_interval(months => CAST(term.validity_months AS int)) AS date) AS ends_on) AS due
WHERE due.ends_on - CAST(term.notice_days AS int) <= CAST(:today AS date)
    AND NOT EXISTS (SELECT FROM expiry_notices AS told WHERE told.institution_id = :institution_id
        AND told.deposit_entry_id = held.entry_id)
"""

NOTICES = f"""
INSERT INTO expiry_notices (institution_id, student_id, learning_outcome_id, submitted_outcome_id, deposit_entry_id,
    policy_id, credit_hundredths, expires_on, told_on)
SELECT :institution_id, held.student_id, held.learning_outcome_id, held.submitted_outcome_id, held.entry_id, policy.id,
    held.free, greatest(due.ends_on, CAST(:today AS date) + CAST(term.notice_days AS int)), CAST(:today AS date)
{_TO_TELL}
"""

_DUE = f"""
FROM ({_POSTED}) AS held
{_ACTIVE}
JOIN expiry_notices AS notice ON notice.institution_id = :institution_id AND notice.deposit_entry_id = held.entry_id
WHERE notice.expires_on <= CAST(:today AS date)
"""

PERSONS_OF_EXPIRING = f"""
SELECT student.identity_document_id FROM students AS student
WHERE student.institution_id = :institution_id
    AND student.id IN (SELECT held.student_id {_DUE} UNION SELECT held.student_id {_TO_TELL})
"""

STAGE_EXPIRING = f"""
INSERT INTO staged_expiries (expiry_id, entry_id, notice_id, learning_outcome_id, submitted_outcome_id, student_id,
    ledger_account_id, credit)
SELECT uuidv7(), uuidv7(), notice.id, held.learning_outcome_id, held.submitted_outcome_id, held.student_id,
    account.ledger_account_id, held.free
{_DUE}
"""

EXPIRY_TRANSFERS = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
SELECT uuidv7(), entry_id, 'expire', 'expired_credit', expiry_id, 1, 'single', 'credit', ledger_account_id,
    :expired_account_id, credit
FROM staged_expiries ORDER BY ledger_account_id, expiry_id
"""

STORE_EXPIRED = """
INSERT INTO expired_credits (institution_id, id, notice_id, entry_id, credit_hundredths, expired_on)
SELECT :institution_id, expiry_id, notice_id, entry_id, credit, CAST(:today AS date) FROM staged_expiries
ORDER BY expiry_id
"""

COUNT_EXPIRED = (
    """
UPDATE learning_outcomes AS outcome SET expired_hundredths = outcome.expired_hundredths + staged.credit
FROM staged_expiries AS staged
WHERE outcome.institution_id = :institution_id AND outcome.id = staged.learning_outcome_id
""",
    """
UPDATE submitted_outcomes AS outcome SET expired_hundredths = outcome.expired_hundredths + staged.credit
FROM staged_expiries AS staged
WHERE outcome.institution_id = :institution_id AND outcome.id = staged.submitted_outcome_id
""",
)

EXPIRIES_TOTAL = "SELECT count(*) AS outcomes, coalesce(sum(credit), 0)::bigint AS credit FROM staged_expiries"

# What ran out comes back before the deposit it came from is reversed, so that the account has what is taken.
_RESTORED = """
FROM expiry_notices AS notice
JOIN expired_credits AS expired ON expired.institution_id = notice.institution_id AND expired.notice_id = notice.id
WHERE notice.institution_id = :institution_id AND notice.{column} IN ({wishes})
    AND NOT EXISTS (SELECT FROM journal_entries AS back WHERE back.institution_id = :institution_id
        AND back.reverses_id = expired.entry_id)
"""

_COUNT_RESTORED = """
UPDATE {table} SET expired_hundredths = 0
WHERE institution_id = :institution_id AND expired_hundredths > 0 AND id IN ({wishes})
"""


def restorations(wishes: str, *, column: str) -> str:
    """Write the query of expiries to reverse for outcomes that are lost; `wishes` is a query of their ids."""
    return "SELECT expired.entry_id, uuidv7(), 'restore' " + _RESTORED.format(wishes=wishes, column=column)


def count_restored(wishes: str, *, table: str) -> str:
    """Write the statement that lets outcomes say that nothing of them has run out."""
    return _COUNT_RESTORED.format(wishes=wishes, table=table)

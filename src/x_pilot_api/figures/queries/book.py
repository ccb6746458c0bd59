"""Figures of the book: credits recognised and converted."""

from x_pilot_api.figures.queries.people import STUDENTS_THEN

# A pending deposit that was posted is reversed by reversing the entry that began it.
RECOGNISED = f"""
SELECT pupil.college_id, 'transfer' AS object_kind, moved.id AS object_id, pupil.label,
    moved.recorded_at AS happened_at, moved.amount AS numerator, CAST(NULL AS bigint) AS denominator
FROM transfers AS moved
JOIN credit_accounts AS account ON account.institution_id = moved.institution_id
    AND account.ledger_account_id = moved.credit_account_id
JOIN ledger_accounts AS source ON source.institution_id = moved.institution_id AND source.id = moved.debit_account_id
    AND source.kind = 'recognition'
JOIN ({STUDENTS_THEN}) AS pupil ON pupil.student_id = account.student_id
LEFT JOIN transfers AS begun ON begun.institution_id = moved.institution_id AND begun.id = moved.resolves_id
WHERE moved.institution_id = :institution_id AND moved.unit = 'credit' AND moved.phase IN ('single', 'post')
    AND moved.recorded_at >= :from_at AND moved.recorded_at < :until_at AND moved.recorded_at <= :as_of
    AND NOT EXISTS (
        SELECT FROM journal_entries AS undoing WHERE undoing.institution_id = moved.institution_id
            AND undoing.reverses_id = coalesce(begun.entry_id, moved.entry_id) AND undoing.recorded_at <= :as_of)
"""

CONVERTED = f"""
SELECT pupil.college_id, 'conversion' AS object_kind, conversion.id AS object_id, pupil.label,
    granted.decided_at AS happened_at, conversion.credit_hundredths AS numerator,
    CAST(NULL AS bigint) AS denominator
FROM conversions AS conversion
JOIN LATERAL (
    SELECT min(decision.decided_at) AS decided_at FROM conversion_decisions AS decision
    WHERE decision.institution_id = conversion.institution_id AND decision.conversion_id = conversion.id
        AND decision.state = 'granted'
) AS granted ON granted.decided_at >= :from_at AND granted.decided_at < :until_at AND granted.decided_at <= :as_of
JOIN ({STUDENTS_THEN}) AS pupil ON pupil.student_id = conversion.student_id
WHERE conversion.institution_id = :institution_id AND conversion.direction = 'certificate_to_course'
    AND NOT (conversion.state IN ('unwound', 'lapsed') AND conversion.ended_at <= :as_of)
"""

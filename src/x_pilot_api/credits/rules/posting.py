"""What follows from a decision: the transfers, the lower levels that give way, the outcomes as they are kept."""

from x_pilot_api.credits.rules.families import family_of

DEPOSITS = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
SELECT uuidv7(), entry_id, 'deposit', 'learning_outcome', outcome_id, deposits + 1,
    CASE WHEN reason = 'deposit_pending' THEN 'pending' ELSE 'single' END, 'credit',
    :recognition_account_id, ledger_account_id, credit
FROM staged_outcomes WHERE credit > 0 ORDER BY ledger_account_id
"""

# A lower level of the same certificate or a similar one gives way to the higher one that was just decided.
GIVING_WAY = f"""
FROM learning_outcomes AS lower
JOIN certificate_levels AS level ON level.id = lower.certificate_level_id
JOIN staged_outcomes AS higher ON higher.student_id = lower.student_id
    AND higher.family = {family_of("level.certificate_id", "lower.earned_on")}
    AND higher.level > level.level AND higher.displaces
WHERE lower.institution_id = :institution_id AND lower.credit_hundredths > 0
"""

GIVE_WAY = f"""
UPDATE learning_outcomes AS outcome
SET credit_hundredths = 0, reason = 'higher_level_counts'
WHERE outcome.institution_id = :institution_id AND outcome.id IN (SELECT lower.id {GIVING_WAY})
"""

WRITE = """
INSERT INTO learning_outcomes (institution_id, id, student_id, award_id, certificate_level_id, state, reason,
    mapping_id, rule_credit_hundredths, limit_code, limit_credit_hundredths, credit_hundredths, entry_id, deposits,
    due_at, earned_on)
SELECT :institution_id, outcome_id, student_id, award_id, certificate_level_id,
    CASE WHEN reason = 'account_not_open' THEN 'verified' ELSE 'recognised' END, reason,
    mapping_id, rule_credit, limit_code, limit_credit, credit, entry_id,
    deposits + CASE WHEN credit > 0 THEN 1 ELSE 0 END, due_at, earned_on
FROM staged_outcomes
ON CONFLICT (institution_id, award_id) DO UPDATE
SET state = excluded.state, reason = excluded.reason, mapping_id = excluded.mapping_id,
    rule_credit_hundredths = excluded.rule_credit_hundredths, limit_code = excluded.limit_code,
    limit_credit_hundredths = excluded.limit_credit_hundredths, credit_hundredths = excluded.credit_hundredths,
    entry_id = excluded.entry_id, deposits = excluded.deposits
"""

_AGAIN = "SELECT id AS outcome_id, student_id, award_id, certificate_level_id, earned_on, due_at, deposits"

AWAITING_ACCOUNT = f"""
{_AGAIN} FROM learning_outcomes
WHERE institution_id = :institution_id AND state = 'verified' AND student_id IN (SELECT student_id FROM staged_accounts)
"""

_DUE = "outcome.institution_id = :institution_id AND outcome.reason = 'deposit_pending' AND outcome.due_at <= :now"

PERSONS_OF_DUE = f"""
SELECT student.identity_document_id FROM learning_outcomes AS outcome
JOIN students AS student ON student.institution_id = outcome.institution_id AND student.id = outcome.student_id
WHERE {_DUE}
"""

LOCK_DUE = f"SELECT outcome.id FROM learning_outcomes AS outcome WHERE {_DUE} ORDER BY outcome.id FOR NO KEY UPDATE"

_LOCKED = "institution_id = :institution_id AND id = ANY(CAST(:outcome_ids AS uuid[]))"

POSTINGS = f"SELECT entry_id, uuidv7(), 'post_deposit' FROM learning_outcomes WHERE {_LOCKED}"

POSTED = f"UPDATE learning_outcomes SET reason = 'deposited' WHERE {_LOCKED}"

REVOKED = """
FROM learning_outcomes AS outcome
WHERE outcome.institution_id = :institution_id AND outcome.state <> 'revoked'
    AND outcome.award_id IN ({awards})
"""

# When a higher level is lost, the lower ones of its family are decided anew.
AFTER_A_LOSS = f"""
{_AGAIN} FROM learning_outcomes AS lower
WHERE lower.institution_id = :institution_id AND lower.state = 'recognised' AND lower.reason = 'higher_level_counts'
    AND EXISTS (
        SELECT FROM learning_outcomes AS lost
        JOIN certificate_levels AS lost_level ON lost_level.id = lost.certificate_level_id
        JOIN certificate_levels AS lower_level ON lower_level.id = lower.certificate_level_id
        WHERE lost.institution_id = :institution_id AND lost.student_id = lower.student_id
            AND lost.state = 'revoked' AND lost.award_id IN ({{awards}})
            AND {family_of("lost_level.certificate_id", "lost.earned_on")}
                = {family_of("lower_level.certificate_id", "lower.earned_on")})
"""

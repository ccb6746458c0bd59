"""What a verified outcome brings, decided in SQL for one row and for ten thousand alike.

The rule in force on the day the certificate was earned counts. Its credits are cut to the limits of policy in force on
that day. Of one student's levels of the same certificate only the highest brings credits.
"""

REASON = """
CASE
    WHEN ledger_account_id IS NULL THEN 'account_not_open'
    WHEN mapping_id IS NULL THEN 'no_published_mapping'
    WHEN level < greatest(best_level_here, best_level_before) THEN 'higher_level_counts'
    WHEN credit = 0 THEN 'limit_leaves_nothing'
    WHEN due_at > :now THEN 'deposit_pending'
    ELSE 'deposited'
END
"""

IN_FORCE = """
SELECT rule.id, rule.programme_id, rule.certificate_level_id, rule.entry_year_from, rule.entry_year_to,
    rule.effective_from, rule.effective_to, sum(course.credit_hundredths)::bigint AS credit
FROM mappings AS rule
JOIN mapping_courses AS course ON course.institution_id = rule.institution_id AND course.mapping_id = rule.id
WHERE rule.institution_id = :institution_id AND rule.direction = 'certificate_to_course'
    AND rule.state IN ('published', 'superseded')
    AND rule.certificate_level_id IN (SELECT certificate_level_id FROM wish)
GROUP BY rule.institution_id, rule.id
"""

# A limit for the level beats the general one of the same kind; of several kinds the lowest counts.
LIMITS = """
SELECT occasion.certificate_level_id, occasion.earned_on, min(found.credit_hundredths) AS credit
FROM (SELECT DISTINCT certificate_level_id, earned_on FROM wish) AS occasion
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (candidate.code) candidate.credit_hundredths
    FROM policy_limits AS candidate
    WHERE candidate.institution_id = :institution_id AND candidate.code IN ('per_certificate', 'credit_bank')
        AND candidate.withdrawn_at IS NULL AND candidate.effective_from <= occasion.earned_on
        AND (candidate.effective_to IS NULL OR candidate.effective_to > occasion.earned_on)
        AND (candidate.certificate_level_id IS NULL
            OR candidate.certificate_level_id = occasion.certificate_level_id)
    ORDER BY candidate.code, candidate.certificate_level_id NULLS LAST
) AS found
GROUP BY occasion.certificate_level_id, occasion.earned_on
"""

DECIDE = f"""
INSERT INTO staged_outcomes (outcome_id, student_id, award_id, certificate_level_id, certificate_id, level, earned_on,
    due_at, deposits, ledger_account_id, mapping_id, rule_credit, credit, reason, entry_id)
WITH wish AS MATERIALIZED (
    SELECT asked.outcome_id, asked.student_id, asked.award_id, asked.certificate_level_id, asked.earned_on,
        asked.due_at, asked.deposits, level.certificate_id, level.level, student.programme_id, student.entry_year,
        account.ledger_account_id
    FROM ({{wishes}}) AS asked
    JOIN certificate_levels AS level ON level.id = asked.certificate_level_id
    JOIN students AS student ON student.institution_id = :institution_id AND student.id = asked.student_id
    LEFT JOIN credit_accounts AS account ON account.institution_id = :institution_id
        AND account.student_id = asked.student_id AND account.state = 'active'
), in_force AS MATERIALIZED ({IN_FORCE}), limited AS MATERIALIZED ({LIMITS}), weighed AS (
    SELECT wish.*, in_force.id AS mapping_id, coalesce(in_force.credit, 0) AS rule_credit,
        least(coalesce(in_force.credit, 0), limited.credit) AS credit
    FROM wish
    LEFT JOIN in_force ON in_force.programme_id = wish.programme_id
        AND in_force.certificate_level_id = wish.certificate_level_id
        AND wish.entry_year BETWEEN in_force.entry_year_from AND in_force.entry_year_to
        AND wish.earned_on >= in_force.effective_from
        AND (in_force.effective_to IS NULL OR wish.earned_on < in_force.effective_to)
    LEFT JOIN limited ON limited.certificate_level_id = wish.certificate_level_id
        AND limited.earned_on = wish.earned_on
), held AS MATERIALIZED (
    SELECT outcome.student_id, level.certificate_id, max(level.level) AS level
    FROM learning_outcomes AS outcome JOIN certificate_levels AS level ON level.id = outcome.certificate_level_id
    WHERE outcome.institution_id = :institution_id AND outcome.credit_hundredths > 0
        AND outcome.student_id IN (SELECT student_id FROM wish)
    GROUP BY outcome.student_id, level.certificate_id
), ranked AS (
    SELECT weighed.*, held.level AS best_level_before,
        max(weighed.level) FILTER (WHERE weighed.credit > 0 AND weighed.ledger_account_id IS NOT NULL)
            OVER (PARTITION BY weighed.student_id, weighed.certificate_id) AS best_level_here
    FROM weighed LEFT JOIN held USING (student_id, certificate_id)
), decided AS (SELECT ranked.*, {REASON} AS reason FROM ranked)
SELECT outcome_id, student_id, award_id, certificate_level_id, certificate_id, level, earned_on, due_at, deposits,
    ledger_account_id,
    CASE WHEN ledger_account_id IS NOT NULL THEN mapping_id END,
    CASE WHEN ledger_account_id IS NOT NULL THEN rule_credit ELSE 0 END,
    CASE WHEN reason IN ('deposited', 'deposit_pending') THEN credit ELSE 0 END,
    reason,
    CASE WHEN reason IN ('deposited', 'deposit_pending') THEN uuidv7() END
FROM decided
"""

DEPOSITS = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
SELECT uuidv7(), entry_id, 'deposit', 'learning_outcome', outcome_id, deposits + 1,
    CASE WHEN reason = 'deposit_pending' THEN 'pending' ELSE 'single' END, 'credit',
    :recognition_account_id, ledger_account_id, credit
FROM staged_outcomes WHERE credit > 0 ORDER BY ledger_account_id
"""

# A lower level of the same certificate gives way to the higher one that was just decided.
GIVING_WAY = """
FROM learning_outcomes AS lower
JOIN certificate_levels AS level ON level.id = lower.certificate_level_id
JOIN staged_outcomes AS higher ON higher.student_id = lower.student_id
    AND higher.certificate_id = level.certificate_id AND higher.level > level.level AND higher.credit > 0
WHERE lower.institution_id = :institution_id AND lower.credit_hundredths > 0
"""

GIVE_WAY = f"""
UPDATE learning_outcomes AS outcome
SET credit_hundredths = 0, reason = 'higher_level_counts'
WHERE outcome.institution_id = :institution_id AND outcome.id IN (SELECT lower.id {GIVING_WAY})
"""

WRITE = """
INSERT INTO learning_outcomes (institution_id, id, student_id, award_id, certificate_level_id, state, reason,
    mapping_id, rule_credit_hundredths, credit_hundredths, entry_id, deposits, due_at, earned_on)
SELECT :institution_id, outcome_id, student_id, award_id, certificate_level_id,
    CASE WHEN reason = 'account_not_open' THEN 'verified' ELSE 'recognised' END, reason,
    mapping_id, rule_credit, credit, entry_id, deposits + CASE WHEN credit > 0 THEN 1 ELSE 0 END, due_at, earned_on
FROM staged_outcomes
ON CONFLICT (institution_id, award_id) DO UPDATE
SET state = excluded.state, reason = excluded.reason, mapping_id = excluded.mapping_id,
    rule_credit_hundredths = excluded.rule_credit_hundredths, credit_hundredths = excluded.credit_hundredths,
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

# When a higher level is lost, the lower ones of the same certificate are decided anew.
AFTER_A_LOSS = f"""
{_AGAIN} FROM learning_outcomes AS lower
WHERE lower.institution_id = :institution_id AND lower.state = 'recognised' AND lower.reason = 'higher_level_counts'
    AND EXISTS (
        SELECT FROM learning_outcomes AS lost
        JOIN certificate_levels AS lost_level ON lost_level.id = lost.certificate_level_id
        JOIN certificate_levels AS lower_level ON lower_level.id = lower.certificate_level_id
        WHERE lost.institution_id = :institution_id AND lost.student_id = lower.student_id
            AND lost.state = 'revoked' AND lost.award_id IN ({{awards}})
            AND lost_level.certificate_id = lower_level.certificate_id)
"""

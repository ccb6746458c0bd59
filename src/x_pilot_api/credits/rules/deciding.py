"""What an award brings, decided by one statement: for one row and for ten thousand, when posting and when simulating.

The rule in force on the day the certificate was earned counts. Its credits are cut to the limits of policy in force on
that day. Of one student's levels of the same certificate, or of similar ones, only the highest brings credits.
"""

from x_pilot_api.credits.rules.families import KINDRED, family_of

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

# A limit for the level beats the general one of its kind, also by being waived; of several kinds the lowest counts.
LIMITS = """
SELECT DISTINCT ON (occasion.certificate_level_id, occasion.earned_on) occasion.certificate_level_id,
    occasion.earned_on, found.code, found.credit_hundredths AS credit
FROM (SELECT DISTINCT certificate_level_id, earned_on FROM wish) AS occasion
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (candidate.code) candidate.code, candidate.credit_hundredths
    FROM policy_limits AS candidate
    WHERE candidate.institution_id = :institution_id AND candidate.code IN ('per_certificate', 'credit_bank')
        AND candidate.withdrawn_at IS NULL AND candidate.effective_from <= occasion.earned_on
        AND (candidate.effective_to IS NULL OR candidate.effective_to > occasion.earned_on)
        AND (candidate.certificate_level_id IS NULL
            OR candidate.certificate_level_id = occasion.certificate_level_id)
    ORDER BY candidate.code, candidate.certificate_level_id NULLS LAST
) AS found
WHERE found.credit_hundredths IS NOT NULL
ORDER BY occasion.certificate_level_id, occasion.earned_on, found.credit_hundredths, found.code
"""

# It is joined by student; to name the students once more here made every row look through all that was asked.
OPEN_ACCOUNTS = """
SELECT student_id, ledger_account_id FROM credit_accounts
WHERE institution_id = :institution_id AND state = 'active'
"""

# Nobody's deposit depends on which account it is: the student's own id stands for the one that is not there yet.
AS_IF_OPEN = "SELECT DISTINCT student_id, student_id AS ledger_account_id FROM asked"

# Only certificates that can be of one family with what is asked for are looked at: a student may hold many others. Each
# student's are looked up by themselves: nothing tells the planner how many are asked for, and to compare all with all
# took 40 s for 10,000.
HELD = f"""
SELECT asker.student_id, {family_of("owned.certificate_id", "owned.earned_on")} AS family,
    max(owned.level) AS level, min(owned.level) AS lowest_level
FROM (SELECT DISTINCT student_id FROM wish) AS asker
CROSS JOIN LATERAL (
    SELECT level.certificate_id, level.level, outcome.earned_on
    FROM learning_outcomes AS outcome JOIN certificate_levels AS level ON level.id = outcome.certificate_level_id
    WHERE outcome.institution_id = :institution_id AND outcome.student_id = asker.student_id
        AND outcome.credit_hundredths > 0
        AND level.certificate_id = ANY(ARRAY(SELECT DISTINCT certificate_id FROM wish UNION ALL {KINDRED}))
    OFFSET 0
) AS owned
GROUP BY asker.student_id, family
"""

# When every level of a certificate is decided anew, nothing is held beside them.
NOTHING_HELD = "SELECT student_id, family, level, level AS lowest_level FROM wish WHERE false"

_FAMILY = family_of("level.certificate_id", "asked.earned_on")

_DECISION = """
WITH asked AS MATERIALIZED ({wishes}), wish AS MATERIALIZED (
    SELECT asked.outcome_id, asked.student_id, asked.award_id, asked.certificate_level_id, asked.earned_on,
        asked.due_at, asked.deposits, level.certificate_id, level.level, student.programme_id, student.entry_year,
        account.ledger_account_id, {family} AS family
    FROM asked
    JOIN certificate_levels AS level ON level.id = asked.certificate_level_id
    JOIN students AS student ON student.institution_id = :institution_id AND student.id = asked.student_id
    LEFT JOIN ({accounts}) AS account ON account.student_id = asked.student_id
), in_force AS MATERIALIZED ({rules}), limited AS MATERIALIZED ({limits}), weighed AS (
    SELECT wish.*, in_force.id AS mapping_id, coalesce(in_force.credit, 0) AS rule_credit,
        limited.code AS lowest_code, limited.credit AS lowest_credit,
        least(coalesce(in_force.credit, 0), limited.credit) AS credit
    FROM wish
    LEFT JOIN in_force ON in_force.programme_id = wish.programme_id
        AND in_force.certificate_level_id = wish.certificate_level_id
        AND wish.entry_year BETWEEN in_force.entry_year_from AND in_force.entry_year_to
        AND wish.earned_on >= in_force.effective_from
        AND (in_force.effective_to IS NULL OR wish.earned_on < in_force.effective_to)
    LEFT JOIN limited ON limited.certificate_level_id = wish.certificate_level_id
        AND limited.earned_on = wish.earned_on
), held AS MATERIALIZED ({held}), ranked AS (
    SELECT weighed.*, held.level AS best_level_before, held.lowest_level AS lowest_level_before,
        max(weighed.level) FILTER (WHERE weighed.credit > 0 AND weighed.ledger_account_id IS NOT NULL)
            OVER (PARTITION BY weighed.student_id, weighed.family) AS best_level_here
    FROM weighed LEFT JOIN held USING (student_id, family)
), decided AS (SELECT ranked.*, {reason} AS reason FROM ranked)
SELECT outcome_id, student_id, award_id, certificate_level_id, family, level, earned_on, due_at, deposits,
    ledger_account_id,
    CASE WHEN ledger_account_id IS NOT NULL THEN mapping_id END AS mapping_id,
    CASE WHEN ledger_account_id IS NOT NULL THEN rule_credit ELSE 0 END AS rule_credit,
    CASE WHEN ledger_account_id IS NOT NULL AND lowest_credit < rule_credit THEN lowest_code END AS limit_code,
    CASE WHEN ledger_account_id IS NOT NULL AND lowest_credit < rule_credit THEN lowest_credit END AS limit_credit,
    CASE WHEN reason IN ('deposited', 'deposit_pending') THEN credit ELSE 0 END AS credit,
    reason, reason IN ('deposited', 'deposit_pending') AND coalesce(lowest_level_before < level, false) AS displaces
FROM decided
"""


def decision(wishes: str, *, rules: str = IN_FORCE, accounts: str = OPEN_ACCOUNTS, held: str = HELD) -> str:
    """Write the query that decides what awards bring; nothing else in the service decides it.

    `wishes` is a query of outcome_id, student_id, award_id, certificate_level_id, earned_on, due_at and deposits. What
    is really so stands in for whatever is not said: the rules in force, the open accounts, the levels already held.
    """
    return _DECISION.format(
        wishes=wishes, rules=rules, accounts=accounts, held=held, limits=LIMITS, reason=REASON, family=_FAMILY
    )


_STAGE = """
INSERT INTO staged_outcomes (outcome_id, student_id, award_id, certificate_level_id, family, level, earned_on,
    due_at, deposits, ledger_account_id, mapping_id, rule_credit, limit_code, limit_credit, credit, reason, displaces,
    entry_id)
SELECT made.outcome_id, made.student_id, made.award_id, made.certificate_level_id, made.family, made.level,
    made.earned_on, made.due_at, made.deposits, made.ledger_account_id, made.mapping_id, made.rule_credit,
    made.limit_code, made.limit_credit, made.credit, made.reason, made.displaces,
    CASE WHEN made.credit > 0 THEN uuidv7() END
FROM ({decision}) AS made
"""


def stage_decision(wishes: str) -> str:
    """Write the statement that stages for posting what was decided."""
    return _STAGE.format(decision=decision(wishes))

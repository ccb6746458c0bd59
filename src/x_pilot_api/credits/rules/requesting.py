"""Asking for conversions: what is known of each wish and each of its courses, and on which ground it is refused.

Wishes are staged as `staged_conversions`, one row a wish, and `staged_conversion_courses`, one row a course of it. What
is decided here is decided in SQL, for one wish as for ten thousand.
"""

from x_pilot_api.credits.rules.conversions import LIVE, in_words
from x_pilot_api.credits.rules.scores import meets, score_of

_LIVE = in_words(LIVE)

# The grade a rule enters: the course's own, or the table's line that the certificate's score reaches, if any.
_USES = """
INSERT INTO staged_conversion_courses (place, number, course_id, credit, grade, refusal, figures)
SELECT place, number, course_id, credit, grade,
    CASE
        WHEN rule_credit IS NULL THEN 'course_not_of_rule'
        WHEN times > 1 THEN 'course_named_again'
        WHEN credit NOT BETWEEN 1 AND rule_credit THEN 'credit_above_rule'
        WHEN is_by_score AND score IS NULL THEN 'certificate_score_unknown'
    END,
    jsonb_build_object('course_id', course_id, 'credits', credit, 'rule_credit', rule_credit)
FROM (
    SELECT given.place, given.number, given.course_id, coalesce(given.credit, line.credit_hundredths, 0) AS credit,
        line.credit_hundredths AS rule_credit, line.grade IS NULL AS is_by_score, earned.score,
        coalesce(line.grade, tabled.grade) AS grade,
        count(*) OVER (PARTITION BY given.place, given.course_id) AS times
    FROM unnest(CAST(:line_places AS int[]), CAST(:numbers AS int[]), CAST(:line_outcome_ids AS uuid[]),
        CAST(:course_ids AS uuid[]), CAST(:line_credits AS bigint[]))
        AS given (place, number, outcome_id, course_id, credit)
    LEFT JOIN learning_outcomes AS outcome ON outcome.institution_id = :institution_id
        AND outcome.id = given.outcome_id
    LEFT JOIN mapping_courses AS line ON line.institution_id = :institution_id
        AND line.mapping_id = outcome.mapping_id AND line.course_id = given.course_id
    LEFT JOIN LATERAL (SELECT {score} AS score) AS earned ON true
    LEFT JOIN LATERAL (
        SELECT listed.grade FROM mapping_grades AS listed
        WHERE listed.institution_id = :institution_id AND listed.mapping_id = outcome.mapping_id
            AND listed.score_from_hundredths <= earned.score
        ORDER BY listed.score_from_hundredths DESC LIMIT 1) AS tabled ON true
) AS found
"""

_LINES = """
SELECT place, sum(credit) AS credit, (array_agg(refusal ORDER BY number) FILTER (WHERE refusal IS NOT NULL))[1] AS code,
    (array_agg(figures ORDER BY number) FILTER (WHERE refusal IS NOT NULL))[1] AS figures
FROM staged_conversion_courses GROUP BY place
"""

USE_WISHES = f"""
INSERT INTO staged_conversions (place, conversion_id, student_id, outcome_id, mapping_id, certificate_level_id,
    certificate_id, is_towards, credit, hold_entry_id, ledger_account_id, refusal, figures)
SELECT known.place, uuidv7(), known.student_id, known.outcome_id, known.mapping_id, known.certificate_level_id,
    known.certificate_id, true, known.asked, uuidv7(), known.ledger_account_id, judged.refusal,
    CASE WHEN judged.refusal = known.line_code THEN known.line_figures
        ELSE jsonb_build_object('reason', known.reason, 'credit', known.credit, 'used', known.used,
            'credits', known.asked_so_far) END
FROM (
    SELECT given.place, outcome.id AS outcome_id, outcome.student_id, outcome.mapping_id,
        outcome.certificate_level_id, level.certificate_id, outcome.reason, outcome.credit_hundredths AS credit,
        outcome.used_hundredths + outcome.expired_hundredths AS used,
        account.ledger_account_id, line.credit AS asked, line.code AS line_code,
        line.figures AS line_figures, sum(line.credit) OVER (PARTITION BY given.outcome_id ORDER BY given.place
            ROWS UNBOUNDED PRECEDING) AS asked_so_far
    FROM unnest(CAST(:places AS int[]), CAST(:outcome_ids AS uuid[])) AS given (place, outcome_id)
    JOIN ({_LINES}) AS line ON line.place = given.place
    LEFT JOIN learning_outcomes AS outcome ON outcome.institution_id = :institution_id
        AND outcome.id = given.outcome_id AND outcome.student_id = ANY(CAST(:own_student_ids AS uuid[]))
    LEFT JOIN certificate_levels AS level ON level.id = outcome.certificate_level_id
    LEFT JOIN credit_accounts AS account ON account.institution_id = :institution_id
        AND account.student_id = outcome.student_id AND account.state = 'active'
) AS known
CROSS JOIN LATERAL (SELECT CASE
    WHEN known.outcome_id IS NULL THEN 'outcome_unknown'
    WHEN known.reason <> 'deposited' THEN 'outcome_without_credits'
    WHEN known.ledger_account_id IS NULL THEN 'account_not_active'
    WHEN known.line_code IS NOT NULL THEN known.line_code
    WHEN known.used + known.asked_so_far > known.credit THEN 'outcome_credits_used'
END AS refusal) AS judged
"""

_MEETS = meets("latest", "line.grade")

# One row a course of a wish and what is known of it; `{given}` says which courses are weighed, whose, by which rule.
_OFFSET_LINES = f"""
SELECT place, number, mapping_id, course_id, grade_id, grade, least,
    CASE
        WHEN least IS NULL THEN 'course_not_of_rule'
        WHEN times > 1 THEN 'course_named_again'
        WHEN grade_id IS NULL THEN 'course_not_passed'
        WHEN meets IS NULL THEN 'grades_not_comparable'
        WHEN NOT meets THEN 'grade_below_least'
        WHEN is_unsaid THEN 'offset_counts_unsaid'
        WHEN nth > 1 OR is_asked_for THEN 'offset_already'
    END AS refusal,
    jsonb_build_object('course_id', course_id, 'grade', grade, 'least', least) AS figures
FROM (
    SELECT given.place, given.number, given.mapping_id, given.course_id, line.grade AS least, best.id AS grade_id,
        best.meets,
        coalesce(best.grade_word, CAST(round(best.score_hundredths / 100.0, 2) AS text)) AS grade,
        count(*) OVER (PARTITION BY given.place, given.course_id) AS times,
        row_number() OVER (PARTITION BY given.student_id, rule.certificate_level_id, given.course_id
            ORDER BY given.number) AS nth,
        NOT EXISTS (SELECT FROM mapping_offsets AS part WHERE part.institution_id = :institution_id
            AND part.mapping_id = given.mapping_id AND part.course_id = given.course_id)
        OR EXISTS (SELECT FROM mapping_offsets AS part WHERE part.institution_id = :institution_id
            AND part.mapping_id = given.mapping_id AND part.course_id = given.course_id
            AND part.counts_as_percent IS NULL) AS is_unsaid,
        EXISTS (SELECT FROM conversions AS other
            JOIN conversion_courses AS used ON used.institution_id = other.institution_id
                AND used.conversion_id = other.id
            WHERE other.institution_id = :institution_id AND other.student_id = given.student_id
                AND other.certificate_level_id = rule.certificate_level_id
                AND other.direction = 'course_to_assessment' AND other.state IN ({_LIVE})
                AND (used.course_id = given.course_id OR other.mapping_id <> given.mapping_id)) AS is_asked_for
    FROM {{given}} AS given (place, number, student_id, mapping_id, course_id)
    LEFT JOIN mappings AS rule ON rule.institution_id = :institution_id AND rule.id = given.mapping_id
        AND rule.direction = 'course_to_assessment'
    LEFT JOIN mapping_courses AS line ON line.institution_id = :institution_id AND line.mapping_id = rule.id
        AND line.course_id = given.course_id
    LEFT JOIN LATERAL (
        SELECT latest.id, latest.score_hundredths, latest.grade_word, {_MEETS} AS meets
        FROM (
            SELECT DISTINCT ON (grade.term, grade.attempt) grade.id, grade.passed, grade.score_hundredths,
                grade.grade_word
            FROM course_grades AS grade
            WHERE grade.institution_id = :institution_id AND grade.student_id = given.student_id
                AND grade.course_id = given.course_id
            ORDER BY grade.term, grade.attempt, grade.revision DESC
        ) AS latest
        WHERE latest.passed AND line.course_id IS NOT NULL
        ORDER BY coalesce({_MEETS}, false) DESC, latest.score_hundredths DESC NULLS LAST, latest.id LIMIT 1
    ) AS best ON true
) AS found
"""


def _offset_lines(given: str) -> str:
    return _OFFSET_LINES.replace("{given}", given)


_ASKED = """unnest(CAST(:line_places AS int[]), CAST(:numbers AS int[]), CAST(:line_student_ids AS uuid[]),
    CAST(:line_mapping_ids AS uuid[]), CAST(:course_ids AS uuid[]))"""
_RULED = """(SELECT dense_rank() OVER (ORDER BY mapping_id), row_number() OVER (ORDER BY mapping_id, course_id),
    student_id, mapping_id, course_id FROM ruled)"""

OFFSETS = f"""
INSERT INTO staged_conversion_courses (place, number, course_id, credit, grade, grade_id, refusal, figures)
SELECT place, number, course_id, 0, NULL, grade_id, refusal, figures
FROM ({_offset_lines(_ASKED)}) AS judged
"""

# A rule that lets a student's passed courses offset parts of an assessment today.
_OFFSETS_TODAY = """
    rule.institution_id = :institution_id
    AND rule.direction = 'course_to_assessment' AND rule.state IN ('published', 'superseded')
    AND rule.effective_from <= :today AND (rule.effective_to IS NULL OR rule.effective_to > :today)
    AND rule.programme_id = student.programme_id
    AND student.entry_year BETWEEN rule.entry_year_from AND rule.entry_year_to
"""

_IS_HELD = """
    EXISTS (SELECT FROM awards AS held WHERE held.institution_id = :institution_id
        AND held.student_id = student.id AND held.certificate_level_id = rule.certificate_level_id
        AND held.state <> 'revoked')
"""

OFFSET_WISHES = f"""
INSERT INTO staged_conversions (place, conversion_id, student_id, mapping_id, certificate_level_id, certificate_id,
    is_towards, credit, refusal, figures)
SELECT known.place, uuidv7(), known.student_id, known.mapping_id, known.certificate_level_id, known.certificate_id,
    false, 0, judged.refusal, known.line_figures
FROM (
    SELECT given.place, student.id AS student_id, rule.id AS mapping_id, rule.certificate_level_id,
        level.certificate_id, line.code AS line_code, line.figures AS line_figures,
        {_IS_HELD} AS is_held
    FROM unnest(CAST(:places AS int[]), CAST(:student_ids AS uuid[]), CAST(:mapping_ids AS uuid[]))
        AS given (place, student_id, mapping_id)
    JOIN ({_LINES}) AS line ON line.place = given.place
    LEFT JOIN students AS student ON student.institution_id = :institution_id AND student.id = given.student_id
        AND student.id = ANY(CAST(:own_student_ids AS uuid[]))
    LEFT JOIN mappings AS rule ON rule.id = given.mapping_id AND {_OFFSETS_TODAY}
    LEFT JOIN certificate_levels AS level ON level.id = rule.certificate_level_id
) AS known
CROSS JOIN LATERAL (SELECT CASE
    WHEN known.student_id IS NULL OR known.mapping_id IS NULL THEN 'offset_rule_unknown'
    WHEN known.line_code IS NOT NULL THEN known.line_code
    WHEN known.is_held THEN 'level_already_held'
END AS refusal) AS judged
"""

# What a request would be refused for, course by course, by the lines that judge requests; chains show at the request.
OFFSET_OPTIONS = f"""
WITH ruled AS (
    SELECT student.id AS student_id, rule.id AS mapping_id, line.course_id, {_IS_HELD} AS is_held
    FROM students AS student
    JOIN mappings AS rule ON {_OFFSETS_TODAY}
    JOIN mapping_courses AS line ON line.institution_id = :institution_id AND line.mapping_id = rule.id
    WHERE student.institution_id = :institution_id AND student.id = :student_id
)
SELECT rule.id AS mapping_id, rule.version AS mapping_version, rule.certificate_level_id,
    certificate.name AS certificate_name, level.level, judged.course_id, course.code, course.name, judged.least,
    judged.grade, judged.figures,
    coalesce(judged.refusal, CASE WHEN ruled.is_held THEN 'level_already_held' END) AS refusal,
    part.component_code, component.name AS component_name, part.share_percent, part.counts_as_percent
FROM ({_offset_lines(_RULED)}) AS judged
JOIN ruled ON ruled.mapping_id = judged.mapping_id AND ruled.course_id = judged.course_id
JOIN mappings AS rule ON rule.institution_id = :institution_id AND rule.id = judged.mapping_id
JOIN certificate_levels AS level ON level.id = rule.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
JOIN courses AS course ON course.institution_id = :institution_id AND course.id = judged.course_id
LEFT JOIN mapping_offsets AS part ON part.institution_id = :institution_id AND part.mapping_id = judged.mapping_id
    AND part.course_id = judged.course_id
LEFT JOIN assessment_components AS component ON component.scheme_id = part.scheme_id
    AND component.code = part.component_code
ORDER BY certificate.name, level.level, rule.id, course.code, course.id, part.component_code
"""

HOLDS = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
SELECT uuidv7(), hold_entry_id, 'hold_credits', 'conversion', conversion_id, 1, 'pending', 'credit',
    ledger_account_id, :converted_account_id, credit
FROM staged_conversions WHERE is_towards ORDER BY ledger_account_id, conversion_id
"""

TAKE = """
UPDATE learning_outcomes AS outcome SET used_hundredths = outcome.used_hundredths + asked.credit
FROM (SELECT outcome_id, sum(credit) AS credit FROM staged_conversions WHERE is_towards GROUP BY outcome_id) AS asked
WHERE outcome.institution_id = :institution_id AND outcome.id = asked.outcome_id
"""

STORE = """
INSERT INTO conversions (institution_id, id, direction, student_id, certificate_level_id, mapping_id, outcome_id,
    steps, policy_version, awaits, credit_hundredths, hold_entry_id, requested_by)
SELECT :institution_id, conversion_id,
    CASE WHEN is_towards THEN 'certificate_to_course' ELSE 'course_to_assessment' END, student_id,
    certificate_level_id, mapping_id, outcome_id, CAST(:steps AS text[]), :policy_version,
    (CAST(:steps AS text[]))[1], credit, hold_entry_id, :actor_id
FROM staged_conversions ORDER BY place
"""

STORE_LINES = """
INSERT INTO conversion_courses (institution_id, conversion_id, course_id, credit_hundredths, grade, grade_id)
SELECT :institution_id, staged.conversion_id, line.course_id, line.credit, line.grade, line.grade_id
FROM staged_conversion_courses AS line JOIN staged_conversions AS staged USING (place)
"""


def use_lines() -> str:
    """Write the statement that stages the courses that an outcome's credits are asked for."""
    return _USES.format(score=score_of("outcome.award_id"))

"""Running a rule over a cohort: the decision posting makes, with the rule put in force on the days of its exams."""

from x_pilot_api.credits.rules.families import KIN

_COHORT = """
student.institution_id = :institution_id AND student.programme_id = :programme_id
    AND student.entry_year BETWEEN :entry_year_from AND :entry_year_to
"""

COUNT_STUDENTS = f"SELECT count(*) FROM students AS student WHERE {_COHORT}"

NEXT_SLICE = f"""
SELECT max(student_number) AS reached, count(*) AS students FROM (
    SELECT student.student_number FROM students AS student
    WHERE {_COHORT} AND student.student_number > :after ORDER BY student.student_number LIMIT :size) AS slice
"""

# Whoever earned the rule's level on the days in question. Staged by themselves: a plan of the large statement that has
# the slice only by its first and last number takes it for a few rows, and goes through them one by one.
STAGE_CONCERNED = f"""
INSERT INTO staged_cohort (student_id)
SELECT student.id FROM students AS student
WHERE {_COHORT} AND student.student_number > :after AND student.student_number <= :reached AND EXISTS (
    SELECT FROM learning_outcomes AS own
    WHERE own.institution_id = student.institution_id AND own.student_id = student.id
        AND own.certificate_level_id = :certificate_level_id AND own.state <> 'revoked'
        AND own.earned_on >= :earned_from AND own.earned_on < :earned_before)
"""

# All levels they hold of that certificate, and of similar ones, are weighed anew.
CONCERNED = f"""
SELECT outcome.id AS outcome_id, outcome.student_id, outcome.award_id, outcome.certificate_level_id,
    outcome.earned_on, outcome.due_at, outcome.deposits
FROM staged_cohort AS concerned
JOIN learning_outcomes AS outcome ON outcome.institution_id = :institution_id
    AND outcome.student_id = concerned.student_id AND outcome.state <> 'revoked'
JOIN certificate_levels AS held ON held.id = outcome.certificate_level_id AND held.certificate_id IN ({KIN})
"""

# The rule stands in for what is in force on those days; on all others that stays in force.
_RULES_WITH_IT = """
SELECT CAST(:mapping_id AS uuid) AS id, CAST(:programme_id AS uuid) AS programme_id,
    CAST(:certificate_level_id AS uuid) AS certificate_level_id, CAST(:entry_year_from AS bigint) AS entry_year_from,
    CAST(:entry_year_to AS bigint) AS entry_year_to, CAST(:earned_from AS date) AS effective_from,
    CAST(:earned_before AS date) AS effective_to, CAST(:rule_credit AS bigint) AS credit
UNION ALL
SELECT other.id, other.programme_id, other.certificate_level_id, other.entry_year_from, other.entry_year_to,
    lower(period), upper(period), other.credit
FROM ({in_force}) AS other
CROSS JOIN LATERAL (SELECT datemultirange(daterange(other.effective_from, other.effective_to)) AS whole) AS days
CROSS JOIN LATERAL unnest(CASE
    WHEN other.programme_id = :programme_id AND other.certificate_level_id = :certificate_level_id
    THEN days.whole - datemultirange(daterange(:earned_from, :earned_before)) ELSE days.whole END) AS period
"""

# A course that the student passed, or that another certificate's credits stand for, is not replaced (once more).
_REFUSED = """
SELECT made.outcome_id, jsonb_object_agg(course.course_id, CASE WHEN taken.course_id IS NULL
    THEN 'course_passed' ELSE 'course_replaced' END) AS refusals
FROM made
JOIN simulation_courses AS course ON course.institution_id = :institution_id AND course.simulation_id = :simulation_id
LEFT JOIN (
    SELECT DISTINCT here.outcome_id, line.course_id
    FROM made AS here
    JOIN learning_outcomes AS other ON other.institution_id = :institution_id AND other.student_id = here.student_id
        AND other.credit_hundredths > 0
    JOIN certificate_levels AS level ON level.id = other.certificate_level_id
        AND level.certificate_id <> :certificate_id
    JOIN mapping_courses AS line ON line.institution_id = :institution_id AND line.mapping_id = other.mapping_id
) AS taken ON taken.outcome_id = made.outcome_id AND taken.course_id = course.course_id
WHERE made.mapping_id = :mapping_id AND made.credit > 0 AND (taken.course_id IS NOT NULL OR EXISTS (
    SELECT FROM course_grades AS grade
    WHERE grade.institution_id = :institution_id AND grade.student_id = made.student_id
        AND grade.course_id = course.course_id AND grade.passed AND NOT EXISTS (
            SELECT FROM course_grades AS later
            WHERE later.institution_id = grade.institution_id AND later.student_id = grade.student_id
                AND later.course_id = grade.course_id AND later.term = grade.term AND later.attempt = grade.attempt
                AND later.revision > grade.revision)))
GROUP BY made.outcome_id
"""

_STORE_SLICE = """
INSERT INTO simulation_rows (institution_id, simulation_id, number, outcome_id, student_id, reason_before,
    credit_before_hundredths, is_by_rule, reason_after, rule_credit_hundredths, limit_code, limit_credit_hundredths,
    credit_after_hundredths, refusals)
WITH made AS MATERIALIZED ({decision}), refused AS MATERIALIZED ({refused})
SELECT :institution_id, :simulation_id,
    :rows + row_number() OVER (ORDER BY student.student_number, made.level, made.outcome_id),
    made.outcome_id, made.student_id, today.reason, today.credit_hundredths,
    coalesce(made.mapping_id = :mapping_id, false), made.reason, made.rule_credit, made.limit_code, made.limit_credit,
    made.credit, coalesce(refused.refusals, '{{}}')
FROM made
JOIN learning_outcomes AS today ON today.institution_id = :institution_id AND today.id = made.outcome_id
JOIN students AS student ON student.institution_id = :institution_id AND student.id = made.student_id
LEFT JOIN refused ON refused.outcome_id = made.outcome_id
"""


def rules_with_it(in_force: str) -> str:
    """Write the query of the rules that count while the simulated one is taken to be in force."""
    return _RULES_WITH_IT.format(in_force=in_force)


def store_slice(decision: str) -> str:
    """Write the statement that keeps what was decided of a slice of the cohort, beside what is on record today."""
    return _STORE_SLICE.format(decision=decision, refused=_REFUSED)


STORE_COURSES = """
INSERT INTO simulation_courses (institution_id, simulation_id, course_id, credit_hundredths)
SELECT institution_id, :simulation_id, course_id, credit_hundredths FROM mapping_courses
WHERE institution_id = :institution_id AND mapping_id = :mapping_id
"""

TOTALS = """
SELECT count(*) AS certificates, count(DISTINCT student_id) AS students_concerned,
    coalesce(sum(credit_before_hundredths), 0)::bigint AS credit_before,
    coalesce(sum(credit_after_hundredths), 0)::bigint AS credit_after,
    count(*) FILTER (WHERE credit_after_hundredths > credit_before_hundredths) AS gain,
    count(*) FILTER (WHERE credit_after_hundredths < credit_before_hundredths) AS lose,
    count(*) FILTER (WHERE credit_after_hundredths = credit_before_hundredths) AS same,
    coalesce(sum(greatest(credit_after_hundredths - credit_before_hundredths, 0)), 0)::bigint AS credit_gained,
    coalesce(sum(greatest(credit_before_hundredths - credit_after_hundredths, 0)), 0)::bigint AS credit_lost
FROM simulation_rows WHERE institution_id = :institution_id AND simulation_id = :simulation_id
"""

REASONS = """
SELECT reason_after AS reason, count(*) AS certificates FROM simulation_rows
WHERE institution_id = :institution_id AND simulation_id = :simulation_id GROUP BY reason_after ORDER BY reason_after
"""

CUTS = """
SELECT limit_code AS code, limit_credit_hundredths AS "limit", count(*) AS certificates,
    sum(rule_credit_hundredths - limit_credit_hundredths)::bigint AS credit_cut
FROM simulation_rows
WHERE institution_id = :institution_id AND simulation_id = :simulation_id AND limit_code IS NOT NULL
GROUP BY limit_code, limit_credit_hundredths ORDER BY limit_code, limit_credit_hundredths
"""

COURSES = """
SELECT course.id AS course_id, course.code, course.name, line.credit_hundredths AS credit,
    coalesce(found.replaced, 0) AS replaced, coalesce(found.refused_passed, 0) AS refused_passed,
    coalesce(found.refused_replaced, 0) AS refused_replaced
FROM simulation_courses AS line
JOIN courses AS course ON course.institution_id = line.institution_id AND course.id = line.course_id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE refusal IS NULL) AS replaced,
        count(*) FILTER (WHERE refusal = 'course_passed') AS refused_passed,
        count(*) FILTER (WHERE refusal = 'course_replaced') AS refused_replaced
    FROM (SELECT found.refusals ->> CAST(line.course_id AS text) AS refusal FROM simulation_rows AS found
        WHERE found.institution_id = line.institution_id AND found.simulation_id = line.simulation_id
            AND found.is_by_rule AND found.credit_after_hundredths > 0) AS brings
) AS found
WHERE line.institution_id = :institution_id AND line.simulation_id = :simulation_id
ORDER BY course.code, course.id
"""

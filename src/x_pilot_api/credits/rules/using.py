"""Using credits for courses: which of many wishes would break a limit of policy, judged by one query.

The verdicts are those of `mappings.rules.check_use` on one wish after another, each counted as done for the next.
"""

from x_pilot_api.mappings.rules import DEFAULT_DOCUMENT

_VERDICT = """
CASE
    WHEN is_passed AND coalesce(not_passed_holds, true) THEN 'course_already_passed'
    WHEN replaced > 0 AND coalesce(replaced_once_holds, true) THEN 'course_replaced_twice'
    WHEN replaced_elsewhere > 0 AND coalesce(one_certificate_holds, true) THEN 'course_replaced_twice'
    WHEN of_certificate + credit > most THEN 'limit_exceeded'
    WHEN percent IS NOT NULL AND graduation_credit IS NULL THEN 'graduation_credit_unknown'
    WHEN of_student + credit > graduation_credit * percent / 100 THEN 'limit_exceeded'
END
"""

_HELD = """
SELECT bool_or(NOT is_waived) FILTER (WHERE code = 'not_passed') AS not_passed_holds,
    bool_or(NOT is_waived) FILTER (WHERE code = 'replaced_once') AS replaced_once_holds,
    bool_or(NOT is_waived) FILTER (WHERE code = 'one_certificate_per_course') AS one_certificate_holds,
    max(percent) FILTER (WHERE code = 'share_of_graduation') AS percent
FROM limits
"""

# The level's own limit comes before the general one, also by being waived; the lowest of what remains counts.
_MOST = """
SELECT DISTINCT ON (wanted.certificate_level_id) wanted.certificate_level_id, found.credit_hundredths AS most,
    found.code AS most_code
FROM (SELECT DISTINCT certificate_level_id FROM asked) AS wanted
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (code) code, credit_hundredths FROM limits
    WHERE code IN ('per_certificate', 'credit_bank')
        AND (certificate_level_id IS NULL OR certificate_level_id = wanted.certificate_level_id)
    ORDER BY code, certificate_level_id NULLS LAST) AS found
ORDER BY wanted.certificate_level_id, found.credit_hundredths, found.code
"""

_PASSED = """
SELECT DISTINCT grade.student_id, grade.course_id
FROM course_grades AS grade
WHERE grade.institution_id = :institution_id AND grade.passed
    AND (grade.student_id, grade.course_id) IN (SELECT student_id, course_id FROM asked)
    AND NOT EXISTS (
        SELECT FROM course_grades AS later
        WHERE later.institution_id = grade.institution_id AND later.student_id = grade.student_id
            AND later.course_id = grade.course_id AND later.term = grade.term AND later.attempt = grade.attempt
            AND later.revision > grade.revision)
"""

_JUDGED = """
WITH asked AS MATERIALIZED (
    SELECT wish.number, wish.student_id, wish.certificate_level_id, wish.course_id, wish.credit, level.certificate_id
    FROM ({asked}) AS wish JOIN certificate_levels AS level ON level.id = wish.certificate_level_id
), limits AS MATERIALIZED (
    SELECT code, certificate_level_id, is_waived, credit_hundredths, percent, version, document_number
    FROM policy_limits
    WHERE institution_id = :institution_id AND withdrawn_at IS NULL AND effective_from <= :today
        AND (effective_to IS NULL OR effective_to > :today)
), before AS MATERIALIZED (
    SELECT asked.number, done.certificate_id, done.course_id, done.credit
    FROM asked JOIN ({done}) AS done ON done.student_id = asked.student_id
    UNION ALL
    SELECT asked.number, earlier.certificate_id, earlier.course_id, earlier.credit
    FROM asked JOIN asked AS earlier ON earlier.student_id = asked.student_id AND earlier.number < asked.number
), added AS (
    SELECT asked.number,
        count(*) FILTER (WHERE before.course_id = asked.course_id) AS replaced,
        count(*) FILTER (WHERE before.course_id = asked.course_id
            AND before.certificate_id <> asked.certificate_id) AS replaced_elsewhere,
        coalesce(sum(before.credit) FILTER (WHERE before.certificate_id = asked.certificate_id), 0) AS of_certificate,
        coalesce(sum(before.credit), 0) AS of_student
    FROM asked LEFT JOIN before ON before.number = asked.number GROUP BY asked.number
), weighed AS (
    SELECT asked.number, asked.certificate_level_id, asked.course_id, asked.credit, added.replaced,
        added.replaced_elsewhere, added.of_certificate,
        added.of_student, most.most, most.most_code, held.*, plan.graduation_credit_hundredths AS graduation_credit,
        passed.course_id IS NOT NULL AS is_passed
    FROM asked
    JOIN added ON added.number = asked.number
    JOIN students AS student ON student.institution_id = :institution_id AND student.id = asked.student_id
    CROSS JOIN ({held}) AS held
    LEFT JOIN ({most}) AS most ON most.certificate_level_id = asked.certificate_level_id
    LEFT JOIN training_plans AS plan ON plan.institution_id = :institution_id
        AND plan.programme_id = student.programme_id AND plan.entry_year = student.entry_year
        AND plan.state = 'in_force'
    LEFT JOIN ({passed}) AS passed ON passed.student_id = asked.student_id AND passed.course_id = asked.course_id
)
SELECT judged.number, judged.code, CASE WHEN judged.code IS NOT NULL THEN {figures} END AS figures
FROM (SELECT weighed.*, {verdict} AS code, {broken} AS broken FROM weighed) AS judged
LEFT JOIN LATERAL (
    SELECT version, document_number FROM limits
    WHERE limits.code = judged.broken
        AND (certificate_level_id IS NULL OR certificate_level_id = judged.certificate_level_id)
    ORDER BY certificate_level_id NULLS LAST LIMIT 1) AS basis ON true
ORDER BY judged.number
"""

# Which limit a verdict rests on; what holds without being loaded is version 0 of ours.
_BROKEN = """
CASE
    WHEN is_passed AND coalesce(not_passed_holds, true) THEN 'not_passed'
    WHEN replaced > 0 AND coalesce(replaced_once_holds, true) THEN 'replaced_once'
    WHEN replaced_elsewhere > 0 AND coalesce(one_certificate_holds, true) THEN 'one_certificate_per_course'
    WHEN of_certificate + credit > most THEN most_code
    ELSE 'share_of_graduation'
END
"""

_FIGURES = f"""
jsonb_build_object('course_id', judged.course_id, 'limit_code', judged.broken,
    'limit_version', coalesce(basis.version, 0),
    'document_number', coalesce(basis.document_number, '{DEFAULT_DOCUMENT}'),
    'percent', judged.percent,
    'credits', CASE WHEN judged.broken = 'share_of_graduation' THEN judged.of_student ELSE judged.of_certificate END
        + judged.credit,
    'limit', CASE WHEN judged.broken = 'share_of_graduation' THEN judged.graduation_credit * judged.percent / 100
        ELSE judged.most END)
"""


def judge_uses(asked: str, done: str) -> str:
    """Write the query that tells of each wish to use credits for a course which limit it breaks, if any.

    `asked` is a query of number, student_id, certificate_level_id, course_id and credit, `done` one of the uses that
    stand: student_id, certificate_id, course_id and credit. Wishes of one student count in the order of their numbers,
    each as if those before it were granted, so granting every wish without a code never breaks a limit. `figures` are
    what the refusal of `mappings.rules.check_use` is told with: the limit, its version and document, both amounts.
    """
    parts = {"held": _HELD, "most": _MOST, "passed": _PASSED, "verdict": _VERDICT}
    return _JUDGED.format(asked=asked, done=done, broken=_BROKEN, figures=_FIGURES, **parts)

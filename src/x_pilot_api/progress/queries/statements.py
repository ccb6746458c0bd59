"""The three questions that progress asks, each once for all students of a page."""

from sqlalchemy import JSON, Date, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY

_IDS = bindparam("ids", type_=ARRAY(Uuid))

# Of an attempt the last revision counts; a course that was passed in any attempt counts once, and one that a
# conversion replaced counts by the credits that were converted, whatever grade was entered for it.
DIPLOMAS = (
    text("""
WITH chosen AS (
    SELECT student.id AS student_id, student.programme_id, programme.name AS programme_name,
        plan.id AS plan_id, plan.version, plan.graduation_credit_hundredths AS required
    FROM students AS student
    JOIN programmes AS programme ON programme.institution_id = student.institution_id
        AND programme.id = student.programme_id
    LEFT JOIN training_plans AS plan ON plan.institution_id = student.institution_id
        AND plan.programme_id = student.programme_id AND plan.entry_year = student.entry_year
        AND plan.state = 'in_force'
    WHERE student.institution_id = :institution_id AND student.id = ANY (:ids)
), graded AS (
    SELECT DISTINCT ON (student_id, course_id, term, attempt) student_id, course_id, passed, is_void
    FROM course_grades WHERE institution_id = :institution_id AND student_id = ANY (:ids)
    ORDER BY student_id, course_id, term, attempt, revision DESC
), replaced AS (
    SELECT conversion.student_id, line.course_id, sum(line.credit_hundredths) AS credit_hundredths
    FROM conversions AS conversion
    JOIN conversion_courses AS line ON line.institution_id = conversion.institution_id
        AND line.conversion_id = conversion.id
    WHERE conversion.institution_id = :institution_id AND conversion.student_id = ANY (:ids)
        AND conversion.direction = 'certificate_to_course' AND conversion.state = 'granted'
    GROUP BY conversion.student_id, line.course_id
), passed AS (
    SELECT DISTINCT student_id, course_id FROM graded WHERE passed AND NOT is_void
        AND (student_id, course_id) NOT IN (SELECT student_id, course_id FROM replaced)
), rule_courses AS (
    SELECT outcome.student_id, course.course_id, max(course.credit_hundredths) AS credit_hundredths
    FROM learning_outcomes AS outcome
    JOIN mapping_courses AS course ON course.institution_id = outcome.institution_id
        AND course.mapping_id = outcome.mapping_id
    WHERE outcome.institution_id = :institution_id AND outcome.student_id = ANY (:ids)
        AND outcome.credit_hundredths > 0
    GROUP BY outcome.student_id, course.course_id
), taught AS (
    SELECT chosen.student_id, course.category, sum(course.credit_hundredths) AS offered,
        coalesce(sum(course.credit_hundredths) FILTER (WHERE passed.course_id IS NOT NULL), 0) AS earned,
        coalesce(sum(replaced.credit_hundredths), 0) AS converted,
        count(*) FILTER (WHERE course.is_compulsory AND passed.course_id IS NULL AND replaced.course_id IS NULL)
            AS compulsory_left,
        coalesce(sum(rule.credit_hundredths) FILTER (WHERE passed.course_id IS NULL AND replaced.course_id IS NULL), 0)
            AS convertible
    FROM chosen
    JOIN training_plan_courses AS course ON course.institution_id = :institution_id
        AND course.training_plan_id = chosen.plan_id
    LEFT JOIN passed ON passed.student_id = chosen.student_id AND passed.course_id = course.course_id
    LEFT JOIN replaced ON replaced.student_id = chosen.student_id AND replaced.course_id = course.course_id
    LEFT JOIN rule_courses AS rule ON rule.student_id = chosen.student_id AND rule.course_id = course.course_id
    GROUP BY chosen.student_id, course.category
), asked AS (
    SELECT chosen.student_id, category.category, category.credit_hundredths AS required
    FROM chosen
    JOIN training_plan_categories AS category ON category.institution_id = :institution_id
        AND category.training_plan_id = chosen.plan_id
), categories AS (
    SELECT student_id, json_agg(json_build_object('category', category, 'required', asked.required,
        'offered', coalesce(taught.offered, 0), 'earned', coalesce(taught.earned, 0),
        'converted', coalesce(taught.converted, 0),
        'compulsory_left', coalesce(taught.compulsory_left, 0), 'convertible', coalesce(taught.convertible, 0))
        ORDER BY category) AS found, bool_or(asked.required IS NOT NULL) AS has_required
    FROM asked FULL JOIN taught USING (student_id, category) GROUP BY student_id
), outside AS (
    SELECT chosen.student_id, sum(course.credit_hundredths) AS credit_hundredths
    FROM chosen
    JOIN passed ON passed.student_id = chosen.student_id
    JOIN courses AS course ON course.institution_id = :institution_id AND course.id = passed.course_id
    WHERE NOT EXISTS (
        SELECT FROM training_plan_courses AS planned WHERE planned.institution_id = :institution_id
            AND planned.training_plan_id = chosen.plan_id AND planned.course_id = passed.course_id)
    GROUP BY chosen.student_id
)
SELECT chosen.student_id, chosen.programme_name, chosen.plan_id, chosen.version, chosen.required,
    coalesce(categories.found, '[]') AS categories, coalesce(categories.has_required, false) AS has_required,
    coalesce(outside.credit_hundredths, 0)::bigint AS outside_plan
FROM chosen
LEFT JOIN categories ON categories.student_id = chosen.student_id
LEFT JOIN outside ON outside.student_id = chosen.student_id
""")
    .bindparams(_IDS)
    .columns(categories=JSON, plan_id=Uuid)
)

# A level shows once a student was registered for it or holds it, whichever way it came; a result only from when
# students may see it.
CERTIFICATES = (
    text("""
WITH registered AS (
    SELECT candidate.student_id, registration.certificate_level_id, count(*) AS registered,
        count(*) FILTER (WHERE result.activity = 'present') AS sat,
        coalesce(bool_or(result.passed AND result.grading IN ('final', 'corrected')), false) AS passed,
        max(plan.exam_on) AS last_exam_on
    FROM candidates AS candidate
    JOIN registrations AS registration ON registration.institution_id = candidate.institution_id
        AND registration.candidate_id = candidate.id AND registration.state IN ('accepted', 'locked')
    JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id
        AND plan.id = registration.exam_plan_id
    LEFT JOIN result_visibilities AS seen ON seen.institution_id = plan.institution_id
        AND seen.exam_plan_id = plan.id
    LEFT JOIN results AS result ON result.institution_id = registration.institution_id
        AND result.registration_id = registration.id AND result.standing = 'effective'
        AND (seen.student_from IS NULL OR seen.student_from <= now())
    WHERE candidate.institution_id = :institution_id AND candidate.student_id = ANY (:ids)
    GROUP BY candidate.student_id, registration.certificate_level_id
), held AS (
    SELECT DISTINCT ON (award.student_id, award.certificate_level_id) award.student_id, award.certificate_level_id,
        award.id AS award_id, award.number, award.state, outcome.reason, outcome.credit_hundredths
    FROM awards AS award
    LEFT JOIN learning_outcomes AS outcome ON outcome.institution_id = award.institution_id
        AND outcome.award_id = award.id
    WHERE award.institution_id = :institution_id AND award.student_id = ANY (:ids)
    ORDER BY award.student_id, award.certificate_level_id, (award.state = 'revoked'), award.id DESC
)
SELECT student_id, certificate_level_id, certificate.name AS certificate_name, level.level,
    coalesce(registered.registered, 0) AS registered, coalesce(registered.sat, 0) AS sat,
    coalesce(registered.passed, false) AS passed, registered.last_exam_on,
    held.award_id, held.number AS award_number, held.state AS award_state, held.reason AS deposit,
    coalesce(held.credit_hundredths, 0) AS deposited
FROM registered FULL JOIN held USING (student_id, certificate_level_id)
JOIN certificate_levels AS level ON level.id = certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
ORDER BY student_id, certificate.name, level.level
""")
    .bindparams(_IDS)
    .columns(student_id=Uuid, certificate_level_id=Uuid, award_id=Uuid, last_exam_on=Date)
)

# What granted conversions took was used, and nothing else: not what expired or was taken back.
PURSES = text("""
SELECT account.student_id, balance.posted, balance.pending_in, balance.held_out,
    coalesce(spent.amount, 0)::bigint AS used
FROM credit_accounts AS account
JOIN ledger_balances AS balance ON balance.institution_id = account.institution_id
    AND balance.account_id = account.ledger_account_id
LEFT JOIN LATERAL (
    SELECT sum(conversion.credit_hundredths) AS amount FROM conversions AS conversion
    WHERE conversion.institution_id = account.institution_id AND conversion.student_id = account.student_id
        AND conversion.state = 'granted'
) AS spent ON true
WHERE account.institution_id = :institution_id AND account.student_id = ANY (:ids) AND account.state <> 'closed'
""").bindparams(_IDS)

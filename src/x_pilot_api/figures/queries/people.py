"""Figures of students: accounts, certificates held, guaranteed attempts."""

# Where each student stood: by what was recorded and in force by then, or as registered if nothing ever was recorded.
STUDENTS_THEN = """
    SELECT student.id AS student_id, student.student_number || ' ' || student.name AS label, programme.college_id,
        programme.is_pilot AND coalesce(past.status, student.status) = 'enrolled' AS is_pilot_student
    FROM students AS student
    LEFT JOIN LATERAL (
        SELECT standing.status, standing.programme_id FROM student_standings AS standing
        WHERE standing.institution_id = student.institution_id AND standing.student_id = student.id
            AND standing.recorded_at <= :as_of AND standing.effective_on <= :as_of_on
        ORDER BY standing.effective_on DESC, standing.id DESC LIMIT 1
    ) AS past ON true
    JOIN programmes AS programme ON programme.institution_id = student.institution_id
        AND programme.id = coalesce(past.programme_id, student.programme_id)
    WHERE student.institution_id = :institution_id
        AND (past.status IS NOT NULL OR NOT EXISTS (
            SELECT FROM student_standings AS known
            WHERE known.institution_id = student.institution_id AND known.student_id = student.id))
"""

ACCOUNTS = f"""
SELECT pupil.college_id, 'student' AS object_kind, pupil.student_id AS object_id, pupil.label,
    account.opened_at AS happened_at, CASE WHEN account.id IS NULL THEN 0 ELSE 1 END AS numerator, 1 AS denominator
FROM ({STUDENTS_THEN}) AS pupil
LEFT JOIN LATERAL (
    SELECT opened.id, opened.opened_at FROM credit_accounts AS opened
    WHERE opened.institution_id = :institution_id AND opened.student_id = pupil.student_id
        AND opened.opened_at <= :as_of AND (opened.closed_at IS NULL OR opened.closed_at > :as_of)
    LIMIT 1
) AS account ON true
WHERE pupil.is_pilot_student
"""

_VALID_THEN = """award.institution_id = :institution_id AND award.recorded_at <= :as_of AND 'valid' = coalesce((
        SELECT change.state FROM award_changes AS change
        WHERE change.institution_id = award.institution_id AND change.award_id = award.id
            AND change.recorded_at <= :as_of
        ORDER BY change.recorded_at DESC, change.id DESC LIMIT 1), 'valid')"""

ATTAINMENT = f"""
SELECT pupil.college_id, 'student' AS object_kind, pupil.student_id AS object_id, pupil.label,
    held.recorded_at AS happened_at, CASE WHEN held.id IS NULL THEN 0 ELSE 1 END AS numerator, 1 AS denominator
FROM ({STUDENTS_THEN}) AS pupil
LEFT JOIN LATERAL (
    SELECT award.id, award.recorded_at FROM awards AS award
    WHERE award.student_id = pupil.student_id AND {_VALID_THEN}
    ORDER BY award.recorded_at LIMIT 1
) AS held ON true
WHERE pupil.is_pilot_student
"""

# Whoever is no student counts for the college that registered them.
AWARDS = f"""
SELECT coalesce(pupil.college_id, registered.college_id) AS college_id, 'award' AS object_kind, award.id AS object_id,
    coalesce(pupil.label, award.holder_name) || ' ' || award.number AS label, award.recorded_at AS happened_at,
    1 AS numerator, CAST(NULL AS bigint) AS denominator
FROM awards AS award
LEFT JOIN ({STUDENTS_THEN}) AS pupil ON pupil.student_id = award.student_id
LEFT JOIN LATERAL (
    SELECT registration.college_id FROM results AS result
    JOIN registrations AS registration ON registration.institution_id = result.institution_id
        AND registration.id = result.registration_id
    WHERE result.institution_id = award.institution_id AND result.award_id = award.id
    ORDER BY result.id LIMIT 1
) AS registered ON true
WHERE {_VALID_THEN} AND award.recorded_at >= :from_at AND award.recorded_at < :until_at
"""

GUARANTEES = f"""
SELECT pupil.college_id, 'guarantee' AS object_kind, guarantee.id AS object_id, pupil.label,
    past.recorded_at AS happened_at, CASE past.state WHEN 'used' THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM guarantees AS guarantee
JOIN LATERAL (
    SELECT event.state, event.recorded_at FROM guarantee_events AS event
    WHERE event.institution_id = guarantee.institution_id AND event.guarantee_id = guarantee.id
        AND event.recorded_at <= :as_of
    ORDER BY event.number DESC LIMIT 1
) AS past ON past.state IN ('reserved', 'used', 'forfeited')
JOIN ({STUDENTS_THEN}) AS pupil ON pupil.student_id = guarantee.student_id
WHERE guarantee.institution_id = :institution_id
"""

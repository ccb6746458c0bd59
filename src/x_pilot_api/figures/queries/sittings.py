"""Figures of exams: who was registered, who came, who passed."""

_LEFT_BY_THEN = "(registration.state IN ('refused', 'withdrawn') AND registration.changed_at <= :as_of)"

# One that was taken over from before there was such an instant was accepted when it was confirmed.
_ACCEPTED_AT = """coalesce(registration.accepted_at,
        CASE WHEN registration.state IN ('accepted', 'locked') THEN registration.confirmed_at END)"""

_LABEL = "coalesce(registration.admission_number || ' ', '') || candidate.name"

_CANDIDATE = """JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id"""

ACCEPTED = f"""
SELECT registration.college_id, 'registration' AS object_kind, registration.id AS object_id, {_LABEL} AS label,
    {_ACCEPTED_AT} AS happened_at, 1 AS numerator, CAST(NULL AS bigint) AS denominator
FROM registrations AS registration
{_CANDIDATE}
WHERE registration.institution_id = :institution_id AND {_ACCEPTED_AT} >= :from_at
    AND {_ACCEPTED_AT} < :until_at AND {_ACCEPTED_AT} <= :as_of AND NOT {_LEFT_BY_THEN}
"""

# A doubtful revision is in effect from the moment a second person let it be; one that was followed before never was.
_EXAMINED = f"""
    SELECT registration.college_id, registration.id AS registration_id, {_LABEL} AS label,
        {_ACCEPTED_AT} AS accepted_at,
        past.activity, past.passed, past.began_at
    FROM registrations AS registration
    {_CANDIDATE}
    JOIN exam_plans AS plan ON plan.institution_id = registration.institution_id
        AND plan.id = registration.exam_plan_id AND (plan.cancelled_at IS NULL OR plan.cancelled_at > :as_of)
    LEFT JOIN exam_sittings AS sitting ON sitting.institution_id = registration.institution_id
        AND sitting.id = registration.sitting_id
    LEFT JOIN LATERAL (
        SELECT result.activity, result.passed, began.began_at
        FROM results AS result
        LEFT JOIN LATERAL (
            SELECT max(review.decided_at) AS confirmed_at FROM result_reviews AS review
            WHERE review.institution_id = result.institution_id AND review.result_id = result.id
                AND review.state = 'confirmed' AND review.decision = 'confirm_ours'
        ) AS reviewed ON result.quarantine_code IS NOT NULL
        CROSS JOIN LATERAL (SELECT coalesce(reviewed.confirmed_at, result.recorded_at) AS began_at) AS began
        WHERE result.institution_id = registration.institution_id AND result.registration_id = registration.id
            AND (result.standing = 'effective' OR (result.standing = 'superseded'
                AND (result.quarantine_code IS NULL OR reviewed.confirmed_at IS NOT NULL)))
            AND result.grading <> 'voided' AND began.began_at <= :as_of
            AND (result.superseded_at IS NULL OR result.superseded_at > :as_of)
        ORDER BY began.began_at DESC, result.revision DESC LIMIT 1
    ) AS past ON true
    CROSS JOIN LATERAL (
        SELECT coalesce((sitting.starts_at AT TIME ZONE :timezone)::date, plan.exam_on) AS exam_on
    ) AS day
    WHERE registration.institution_id = :institution_id AND {_ACCEPTED_AT} <= :as_of
        AND NOT {_LEFT_BY_THEN} AND day.exam_on BETWEEN :period_from AND :period_to AND day.exam_on <= :as_of_on
"""

ATTENDANCE = f"""
SELECT college_id, 'registration' AS object_kind, registration_id AS object_id, label,
    coalesce(began_at, accepted_at) AS happened_at,
    CASE activity WHEN 'present' THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM ({_EXAMINED}) AS examined
"""

PASSES = f"""
SELECT college_id, 'registration' AS object_kind, registration_id AS object_id, label, began_at AS happened_at,
    CASE WHEN passed THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM ({_EXAMINED}) AS examined WHERE activity = 'present'
"""

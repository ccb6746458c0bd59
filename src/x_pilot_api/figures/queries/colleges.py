"""Figures of what colleges run: certificates admitted, rules published, feedback given."""

# An admission follows its reviews by the instant of their decision; one that was loaded without any goes by its days.
ADMITTED = """
SELECT admission.college_id, 'admission' AS object_kind, admission.id AS object_id, certificate.name AS label,
    last.decided_at AS happened_at, 1 AS numerator, CAST(NULL AS bigint) AS denominator
FROM admissions AS admission
JOIN certificates AS certificate ON certificate.id = admission.certificate_id
LEFT JOIN LATERAL (
    SELECT review.state, review.exit_on, review.decided_at FROM certificate_reviews AS review
    WHERE review.institution_id = admission.institution_id AND review.college_id = admission.college_id
        AND review.certificate_id = admission.certificate_id AND review.state IN ('admitted', 'exited')
        AND review.decided_at <= :as_of
    ORDER BY review.decided_at DESC LIMIT 1
) AS last ON true
LEFT JOIN LATERAL (
    SELECT bool_or(review.state = 'admitted') AS by_review,
        bool_or(review.state = 'exited' AND review.decided_at > :as_of) AS left_later
    FROM certificate_reviews AS review
    WHERE review.institution_id = admission.institution_id AND review.college_id = admission.college_id
        AND review.certificate_id = admission.certificate_id
) AS ever ON true
WHERE admission.institution_id = :institution_id AND CASE
    WHEN last.state IS NOT NULL THEN last.state = 'admitted' OR last.exit_on > :as_of_on
    ELSE NOT coalesce(ever.by_review, false) AND admission.admitted_on <= :as_of_on
        AND (admission.exited_on IS NULL OR admission.exited_on > :as_of_on OR ever.left_later) END
"""

# A rule from before publications were dated counts from the day it took effect. The version that follows sets the end
# of the one before: until it was published, that end was not there.
PUBLISHED = """
SELECT programme.college_id, 'mapping' AS object_kind, mapping.id AS object_id,
    programme.name || ' ' || certificate.name || ' ' || level.level || ' / ' || mapping.version AS label,
    mapping.published_at AS happened_at, 1 AS numerator, CAST(NULL AS bigint) AS denominator
FROM mappings AS mapping
JOIN programmes AS programme ON programme.institution_id = mapping.institution_id
    AND programme.id = mapping.programme_id
JOIN certificate_levels AS level ON level.id = mapping.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
LEFT JOIN LATERAL (
    SELECT min(event.recorded_at) FILTER (WHERE event.deed = 'withdraw_mapping') AS withdrawn_at,
        min(event.recorded_at) FILTER (WHERE event.deed = 'supersede_mapping') AS superseded_at
    FROM audit_events AS event
    WHERE event.institution_id = mapping.institution_id AND event.object_kind = 'mapping'
        AND event.object_id = mapping.id AND event.deed IN ('withdraw_mapping', 'supersede_mapping')
) AS told ON true
WHERE mapping.institution_id = :institution_id AND mapping.state IN ('published', 'superseded', 'withdrawn')
    AND coalesce(mapping.published_at <= :as_of, mapping.state <> 'withdrawn' AND mapping.effective_from <= :as_of_on)
    AND NOT (mapping.state = 'withdrawn' AND coalesce(told.withdrawn_at, '-infinity') <= :as_of)
    AND (mapping.effective_to IS NULL OR mapping.effective_to > :as_of_on OR told.superseded_at > :as_of)
"""

FEEDBACK = """
SELECT feedback.college_id, 'feedback' AS object_kind, feedback.id AS object_id,
    certificate.name || '：' || feedback.subject AS label,
    CASE WHEN feedback.closed_at <= :as_of THEN feedback.closed_at ELSE feedback.opened_at END AS happened_at,
    CASE WHEN feedback.closed_at <= :as_of THEN 1 ELSE 0 END AS numerator, 1 AS denominator
FROM quality_feedback AS feedback
JOIN certificates AS certificate ON certificate.id = feedback.certificate_id
WHERE feedback.institution_id = :institution_id AND feedback.college_id IS NOT NULL AND feedback.opened_at <= :as_of
"""

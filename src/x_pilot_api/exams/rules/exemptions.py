"""What of an exam a candidate is exempt from, and how an exempt part counts, as the conversion's rule says.

An exemption counts for exams from the day it was granted, by the scheme it was granted for. Of a component exempt in
part the rest is examined: what the organisation sends counts for that rest.
"""

WHOLE = 100

_IN_FORCE = """
part.institution_id = :institution_id AND part.ended_at IS NULL AND part.granted_on <= plan.exam_on
"""

# `counts` is what the exempt share comes to, in hundredths of a percent of the component's mark.
EXEMPT = f"""
SELECT found.row_number, part.component_code AS code, sum(part.share_percent) AS share,
    sum(part.share_percent * part.counts_as_percent) AS counts
FROM found
JOIN exam_plans AS plan ON plan.institution_id = :institution_id AND plan.id = :exam_plan_id
JOIN component_offsets AS part ON {_IN_FORCE}
    AND part.student_id = found.student_id AND part.scheme_id = found.scheme_id
GROUP BY found.row_number, part.component_code
"""

# A component that is wholly exempt is not to be sent, and is there all the same.
MARKS = f"""
SELECT score.row_number, score.code, score.score, true AS is_given, component.code AS known_code,
    component.weight_percent, component.full_mark_hundredths, component.pass_mark_hundredths,
    score.score < 0 OR score.score > component.full_mark_hundredths AS is_wild,
    score.score * ({WHOLE} - coalesce(exempt.share, 0)) / {WHOLE}::numeric
        + component.full_mark_hundredths * coalesce(exempt.counts, 0) / {WHOLE * WHOLE}::numeric AS mark
FROM unnest(CAST(:score_row AS int[]), CAST(:score_code AS text[]), CAST(:score AS int[]))
    AS score (row_number, code, score)
JOIN found ON found.row_number = score.row_number
LEFT JOIN exempt ON exempt.row_number = score.row_number AND exempt.code = score.code
LEFT JOIN assessment_components AS component
    ON component.scheme_id = found.scheme_id AND component.code = score.code AND coalesce(exempt.share, 0) < {WHOLE}
UNION ALL
SELECT exempt.row_number, exempt.code, NULL, false, NULL, component.weight_percent, component.full_mark_hundredths,
    component.pass_mark_hundredths, false,
    component.full_mark_hundredths * exempt.counts / {WHOLE * WHOLE}::numeric
FROM exempt
JOIN found ON found.row_number = exempt.row_number
JOIN assessment_components AS component ON component.scheme_id = found.scheme_id AND component.code = exempt.code
WHERE exempt.share >= {WHOLE}
"""

NEEDED = f"""
SELECT exempt.row_number, count(*) AS components,
    (SELECT string_agg(component.code, ', ' ORDER BY component.code) FROM assessment_components AS component
    WHERE component.scheme_id = min(CAST(found.scheme_id AS text))::uuid
        AND component.code <> ALL (array_agg(exempt.code))) AS codes
FROM exempt JOIN found ON found.row_number = exempt.row_number
WHERE exempt.share >= {WHOLE} GROUP BY exempt.row_number
"""

OF_CANDIDATE = f"""
SELECT coalesce(json_agg(json_build_object('component_code', exempt.code, 'share_percent', exempt.share)
    ORDER BY exempt.code), '[]') AS components
FROM (
    SELECT part.component_code AS code, sum(part.share_percent) AS share
    FROM exam_plans AS plan
    JOIN exam_plan_levels AS examined ON examined.institution_id = plan.institution_id
        AND examined.exam_plan_id = plan.id
    JOIN component_offsets AS part ON {_IN_FORCE} AND part.scheme_id = examined.scheme_id
    WHERE plan.institution_id = :institution_id AND plan.id = registration.exam_plan_id
        AND examined.certificate_level_id = registration.certificate_level_id
        AND part.student_id = candidate.student_id
    GROUP BY part.component_code
) AS exempt
"""
"""What `candidate` is exempt from in the exam of `registration`."""

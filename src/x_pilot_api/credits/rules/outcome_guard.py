"""The double-use guard about outcomes: a course is recognised as an outcome or takes part in conversions, never both.

A conversion's grade submitted as an outcome would turn a certificate's credits into new ones; a course that offsets a
part of an assessment would count for the certificate and for itself. So a course stands on one side alone, whoever
comes first, and the refusal spells the chain out.
"""

from x_pilot_api.credits.rules.chains import STEPS_MAX
from x_pilot_api.credits.rules.conversions import LIVE, in_words
from x_pilot_api.credits.rules.families import family_of

_LIVE = in_words(LIVE)
_FAMILY = family_of("level.certificate_id", "CAST(:today AS date)")

# A conversion leads from its certificate to its courses, or from its courses to its certificate.
_EDGES = f"""
SELECT conversion.id AS conversion_id, conversion.student_id,
    CASE WHEN conversion.outcome_id IS NOT NULL THEN {_FAMILY} ELSE CAST(line.course_id AS text) END AS source,
    CASE WHEN conversion.outcome_id IS NOT NULL THEN CAST(line.course_id AS text) ELSE {_FAMILY} END AS target,
    CASE WHEN conversion.outcome_id IS NOT NULL THEN certificate.name ELSE course.code || ' ' || course.name END
        AS source_name,
    CASE WHEN conversion.outcome_id IS NOT NULL THEN course.code || ' ' || course.name ELSE certificate.name END
        AS target_name
FROM conversions AS conversion
JOIN conversion_courses AS line ON line.institution_id = conversion.institution_id
    AND line.conversion_id = conversion.id
JOIN certificate_levels AS level ON level.id = conversion.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
JOIN courses AS course ON course.institution_id = line.institution_id AND course.id = line.course_id
WHERE conversion.institution_id = :institution_id AND conversion.state IN ({_LIVE})
    AND conversion.student_id IN (SELECT student_id FROM staged_submissions)
"""

# Backwards from the course to where its grade comes of, and one step on from it where it was used.
GUARD = f"""
WITH RECURSIVE edge AS MATERIALIZED ({_EDGES}), walk AS (
    SELECT staged.place, staged.student_id, edge.source AS node, 1 AS steps, ARRAY[edge.target, edge.source] AS seen,
        ARRAY[edge.source_name, edge.target_name] AS names, ARRAY[edge.conversion_id] AS via
    FROM staged_submissions AS staged
    JOIN edge ON edge.student_id = staged.student_id AND edge.target = CAST(staged.course_id AS text)
    WHERE coalesce(staged.refusal, 'outcome_grade_derived') = 'outcome_grade_derived'
    UNION ALL
    SELECT walk.place, walk.student_id, edge.source, walk.steps + 1, walk.seen || edge.source,
        edge.source_name || walk.names, edge.conversion_id || walk.via
    FROM walk JOIN edge ON edge.student_id = walk.student_id AND edge.target = walk.node
    WHERE edge.source <> ALL (walk.seen) AND walk.steps < {STEPS_MAX}
), found AS (
    SELECT place, steps, array_to_string(names, ' → ') || ' → {{outcome}}' AS chain, via FROM walk
    UNION ALL
    SELECT staged.place, 0, edge.source_name || ' → ' || edge.target_name || ', ' || edge.source_name
        || ' → {{outcome}}', ARRAY[edge.conversion_id]
    FROM staged_submissions AS staged
    JOIN edge ON edge.student_id = staged.student_id AND edge.source = CAST(staged.course_id AS text)
    WHERE coalesce(staged.refusal, 'outcome_grade_derived') = 'outcome_grade_derived'
), longest AS (SELECT DISTINCT ON (place) place, chain, via FROM found ORDER BY place, steps DESC, chain)
UPDATE staged_submissions AS staged SET refusal = 'double_use',
    figures = jsonb_build_object('chain', longest.chain, 'conversions', array_to_string(longest.via, ', '))
FROM longest WHERE staged.place = longest.place
""".replace("{outcome}", "学习成果 outcome")

# The other side: a conversion about a course that is, or may become, an outcome of its own.
OUTCOMES_GUARD = """
UPDATE staged_conversions AS staged SET refusal = 'double_use', figures = found.figures
FROM (
    SELECT DISTINCT ON (line.place) line.place, jsonb_build_object('conversions', '-', 'chain',
        CASE WHEN asked.is_towards THEN certificate.name || ' → ' || course.code || ' ' || course.name
                || ' → 学习成果 outcome ' || CAST(outcome.id AS text)
            ELSE course.code || ' ' || course.name || ' → ' || certificate.name || ', ' || course.code || ' '
                || course.name || ' → 学习成果 outcome ' || CAST(outcome.id AS text) END) AS figures
    FROM staged_conversion_courses AS line
    JOIN staged_conversions AS asked ON asked.place = line.place AND asked.refusal IS NULL
    JOIN submitted_outcomes AS outcome ON outcome.institution_id = :institution_id
        AND outcome.student_id = asked.student_id AND outcome.course_id = line.course_id
        AND outcome.state IN ('submitted', 'verified', 'recognised')
    JOIN certificates AS certificate ON certificate.id = asked.certificate_id
    JOIN courses AS course ON course.institution_id = :institution_id AND course.id = line.course_id
    ORDER BY line.place, line.number
) AS found
WHERE staged.place = found.place
"""

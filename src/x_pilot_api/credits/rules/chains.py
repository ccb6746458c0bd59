"""The double-use guard: no conversion may lead back, by whatever chain of others, to where its credits come from.

Certificates and courses are places; a conversion leads from a certificate to its courses, or from its courses to a
certificate's assessment. Certificates that policy counts as similar today are one place, and so are all levels of one.
"""

from x_pilot_api.credits.rules.families import family_of

STEPS_MAX = 16
"""How far a chain is followed; one that is longer is refused, since nobody knows where it leads."""

_FAMILY = family_of("each.certificate_id", "CAST(:today AS date)")

_CHAINS = f"""
WITH RECURSIVE edge AS MATERIALIZED (
    SELECT each.number, each.conversion_id, each.student_id,
        CASE WHEN each.is_towards THEN place.family ELSE place.course END AS source,
        CASE WHEN each.is_towards THEN place.course ELSE place.family END AS target,
        CASE WHEN each.is_towards THEN certificate.name ELSE course.code || ' ' || course.name END AS source_name,
        CASE WHEN each.is_towards THEN course.code || ' ' || course.name ELSE certificate.name END AS target_name
    FROM (
        SELECT number, CAST(NULL AS uuid) AS conversion_id, student_id, is_towards, certificate_id, course_id
        FROM ({{asked}}) AS asked
        UNION ALL
        SELECT NULL, conversion_id, student_id, is_towards, certificate_id, course_id FROM ({{live}}) AS live
    ) AS each
    JOIN certificates AS certificate ON certificate.id = each.certificate_id
    JOIN courses AS course ON course.institution_id = :institution_id AND course.id = each.course_id
    CROSS JOIN LATERAL (SELECT {_FAMILY} AS family, CAST(each.course_id AS text) AS course) AS place
), walk AS (
    SELECT edge.number, edge.student_id, edge.source AS goal, edge.target AS node, 1 AS steps,
        ARRAY[edge.target] AS seen, ARRAY[edge.source_name, edge.target_name] AS names,
        CAST('{{{{}}}}' AS uuid[]) AS via
    FROM edge WHERE edge.number IS NOT NULL
    UNION ALL
    SELECT walk.number, walk.student_id, walk.goal, further.target, walk.steps + 1, walk.seen || further.target,
        walk.names || further.target_name,
        CASE WHEN further.conversion_id IS NULL THEN walk.via ELSE walk.via || further.conversion_id END
    FROM walk
    JOIN edge AS further ON further.student_id = walk.student_id AND further.source = walk.node
        AND (further.number IS NULL OR further.number < walk.number)
    WHERE walk.node <> walk.goal AND further.target <> ALL (walk.seen) AND walk.steps < {STEPS_MAX}
)
SELECT DISTINCT ON (number) number, node <> goal AS is_too_long, array_to_string(names, ' → ') AS chain,
    array_to_string(via, ', ') AS conversions
FROM walk WHERE node = goal OR steps = {STEPS_MAX}
ORDER BY number, node <> goal, steps
"""


def find_chains(asked: str, live: str) -> str:
    """Write the query of the wishes that would close a chain, each with the chain spelled out.

    `asked` is a query of number, student_id, is_towards (a course), certificate_id and course_id; a wish counts as
    granted for those after it. `live` is one of the conversions that stand: conversion_id in the number's place.
    """
    return _CHAINS.format(asked=asked, live=live)

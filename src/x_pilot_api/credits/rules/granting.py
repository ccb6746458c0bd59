"""Deciding conversions that are staged: whose turn it is, what today's facts say of granting, and what is written."""

from x_pilot_api.credits.rules.chains import find_chains
from x_pilot_api.credits.rules.conversions import LIVE, in_words
from x_pilot_api.credits.rules.using import judge_uses

_LIVE = in_words(LIVE)

PERSONS_OF = """
SELECT student.identity_document_id FROM conversions AS conversion
JOIN students AS student ON student.institution_id = conversion.institution_id AND student.id = conversion.student_id
WHERE conversion.institution_id = :institution_id AND conversion.id = ANY(CAST(:conversion_ids AS uuid[]))
"""

PERSONS_OF_STUDENTS = """
SELECT identity_document_id FROM students
WHERE institution_id = :institution_id AND id = ANY(CAST(:own_student_ids AS uuid[]))
"""

LOCK = """
SELECT id FROM conversions WHERE institution_id = :institution_id AND id = ANY(CAST(:conversion_ids AS uuid[]))
ORDER BY id FOR NO KEY UPDATE
"""

ENTERS_GRADES = """
SELECT EXISTS (
    SELECT FROM conversions WHERE institution_id = :institution_id AND id = ANY(CAST(:conversion_ids AS uuid[]))
        AND direction = 'certificate_to_course' AND steps[cardinality(steps)] = CAST(:step AS text))
"""

_KNOWN = """
INSERT INTO staged_conversions (place, conversion_id, student_id, outcome_id, mapping_id, certificate_level_id,
    certificate_id, is_towards, credit, hold_entry_id, cover_entry_id, awaits, is_grant, refusal, figures)
SELECT named.place, conversion.id, conversion.student_id, conversion.outcome_id, conversion.mapping_id,
    conversion.certificate_level_id, level.certificate_id, conversion.outcome_id IS NOT NULL,
    conversion.credit_hundredths, conversion.hold_entry_id, conversion.cover_entry_id, following.step,
    {is_grant}, judged.refusal,
    jsonb_build_object('state', conversion.state, 'awaits', coalesce(conversion.awaits, '-'),
        'step', CAST(:step AS text))
FROM unnest(CAST(:conversion_ids AS uuid[])) WITH ORDINALITY AS named (id, place)
LEFT JOIN conversions AS conversion ON conversion.institution_id = :institution_id AND conversion.id = named.id
    AND conversion.id = ANY(CAST(:own_ids AS uuid[]))
LEFT JOIN certificate_levels AS level ON level.id = conversion.certificate_level_id
CROSS JOIN LATERAL (
    SELECT conversion.steps[array_position(conversion.steps, conversion.awaits) + 1] AS step) AS following
CROSS JOIN LATERAL (SELECT CASE
    WHEN conversion.id IS NULL THEN 'conversion_unknown'
    {grounds}
END AS refusal) AS judged
"""

DECIDED = _KNOWN.format(
    is_grant="judged.refusal IS NULL AND following.step IS NULL",
    grounds="""
    WHEN conversion.awaits IS DISTINCT FROM CAST(:step AS text) THEN 'conversion_not_due'
    WHEN CAST(:step AS text) = 'registrar' AND EXISTS (
        SELECT FROM conversion_decisions AS agreed WHERE agreed.institution_id = :institution_id
            AND agreed.conversion_id = conversion.id AND agreed.deed = 'agree' AND agreed.decided_by = :actor_id)
        THEN 'conversion_needs_another'""",
)

TURNED_DOWN = _KNOWN.format(
    is_grant="false",
    grounds="""
    WHEN coalesce(conversion.awaits <> ALL (CAST(:steps AS text[])), true) THEN 'conversion_not_due'""",
)

SETTLED = _KNOWN.format(
    is_grant="false",
    grounds="""
    WHEN conversion.flagged_at IS NULL OR conversion.state <> 'granted' THEN 'conversion_not_flagged'""",
)

# The grade a rule enters gets its id here; a grade that is relied upon has one.
GRANTED_LINES = """
INSERT INTO staged_conversion_courses (place, number, course_id, credit, grade, grade_id)
SELECT staged.place, row_number() OVER (ORDER BY staged.place, line.course_id), line.course_id,
    line.credit_hundredths, line.grade,
    CASE WHEN NOT staged.is_towards THEN line.grade_id WHEN line.grade IS NOT NULL THEN uuidv7() END
FROM staged_conversions AS staged
JOIN conversion_courses AS line ON line.institution_id = :institution_id
    AND line.conversion_id = staged.conversion_id
WHERE staged.is_grant
"""

# What was so when it was asked for may be so no longer.
RECHECK = """
UPDATE staged_conversions AS staged SET refusal = found.code, figures = found.figures
FROM (
    SELECT asked.place, jsonb_build_object('reason', outcome.reason) AS figures,
        CASE
            WHEN asked.is_towards AND outcome.reason <> 'deposited' THEN 'outcome_without_credits'
            WHEN asked.is_towards AND account.id IS NULL THEN 'account_not_active'
            WHEN NOT asked.is_towards AND EXISTS (
                SELECT FROM awards AS held WHERE held.institution_id = :institution_id
                    AND held.student_id = asked.student_id AND held.certificate_level_id = asked.certificate_level_id
                    AND held.state <> 'revoked') THEN 'level_already_held'
        END AS code
    FROM staged_conversions AS asked
    LEFT JOIN learning_outcomes AS outcome ON outcome.institution_id = :institution_id
        AND outcome.id = asked.outcome_id
    LEFT JOIN credit_accounts AS account ON account.institution_id = :institution_id
        AND account.student_id = asked.student_id AND account.state = 'active'
    WHERE asked.is_grant
) AS found
WHERE staged.place = found.place AND found.code IS NOT NULL
"""

RECHECK_GRADES = """
UPDATE staged_conversions AS staged
SET refusal = 'course_not_passed', figures = jsonb_build_object('course_id', found.course_id)
FROM (
    SELECT DISTINCT ON (line.place) line.place, line.course_id
    FROM staged_conversion_courses AS line
    JOIN staged_conversions AS asked ON asked.place = line.place AND NOT asked.is_towards
    JOIN course_grades AS relied ON relied.institution_id = :institution_id AND relied.id = line.grade_id
    WHERE EXISTS (
        SELECT FROM course_grades AS later WHERE later.institution_id = :institution_id
            AND later.student_id = relied.student_id AND later.course_id = relied.course_id
            AND later.term = relied.term AND later.attempt = relied.attempt AND later.revision > relied.revision)
    ORDER BY line.place, line.number
) AS found
WHERE staged.place = found.place AND staged.refusal IS NULL
"""

_ASKED = """
SELECT line.number, staged.student_id, staged.certificate_level_id, line.course_id, line.credit
FROM staged_conversion_courses AS line JOIN staged_conversions AS staged USING (place)
WHERE staged.refusal IS NULL AND staged.is_towards
"""

_DONE = """
SELECT conversion.student_id, level.certificate_id, line.course_id, line.credit_hundredths AS credit
FROM conversions AS conversion
JOIN conversion_courses AS line ON line.institution_id = conversion.institution_id
    AND line.conversion_id = conversion.id
JOIN certificate_levels AS level ON level.id = conversion.certificate_level_id
WHERE conversion.institution_id = :institution_id AND conversion.direction = 'certificate_to_course'
    AND conversion.state IN ({states})
    AND conversion.student_id IN (SELECT student_id FROM staged_conversions)
"""

_REFUSE = """
UPDATE staged_conversions AS staged SET refusal = found.code, figures = found.figures
FROM (
    SELECT DISTINCT ON (line.place) line.place, verdict.code, verdict.figures
    FROM ({verdicts}) AS verdict JOIN staged_conversion_courses AS line ON line.number = verdict.number
    WHERE verdict.code IS NOT NULL ORDER BY line.place, line.number
) AS found
WHERE staged.place = found.place AND staged.refusal IS NULL
"""

_WISHED_CHAINS = """
SELECT line.number, staged.student_id, staged.is_towards, staged.certificate_id, line.course_id
FROM staged_conversion_courses AS line JOIN staged_conversions AS staged USING (place) WHERE staged.refusal IS NULL
"""

_LIVE_CHAINS = f"""
SELECT conversion.id AS conversion_id, conversion.student_id, conversion.outcome_id IS NOT NULL AS is_towards,
    level.certificate_id, line.course_id
FROM conversions AS conversion
JOIN conversion_courses AS line ON line.institution_id = conversion.institution_id
    AND line.conversion_id = conversion.id
JOIN certificate_levels AS level ON level.id = conversion.certificate_level_id
WHERE conversion.institution_id = :institution_id AND conversion.state IN ({_LIVE})
    AND conversion.student_id IN (SELECT student_id FROM staged_conversions)
    AND conversion.id NOT IN (SELECT conversion_id FROM staged_conversions WHERE conversion_id IS NOT NULL)
"""

_CLOSED_CHAINS = """
SELECT number, CASE WHEN is_too_long THEN 'chain_too_long' ELSE 'double_use' END AS code,
    jsonb_build_object('chain', chain, 'conversions', coalesce(nullif(conversions, ''), '-')) AS figures
FROM ({chains}) AS closed
"""


def limits(*, when_granted: bool) -> str:
    """Write the statement that refuses wishes beyond a limit: of what may be granted, or of what was."""
    states = "'granted'" if when_granted else _LIVE
    return _REFUSE.format(verdicts=judge_uses(_ASKED, _DONE.format(states=states)))


def guard() -> str:
    """Write the statement that refuses wishes that would close a chain."""
    chains = find_chains(_WISHED_CHAINS, _LIVE_CHAINS)
    return _REFUSE.format(verdicts=_CLOSED_CHAINS.format(chains=chains))


REFUSED = "SELECT place, refusal, figures FROM staged_conversions WHERE refusal IS NOT NULL ORDER BY place"

MOVE = """
UPDATE conversions AS conversion
SET state = CASE WHEN staged.is_grant THEN 'granted' ELSE :state END, awaits = staged.awaits,
    granted_on = CASE WHEN staged.is_grant THEN CAST(:today AS date) END
FROM staged_conversions AS staged
WHERE conversion.institution_id = :institution_id AND conversion.id = staged.conversion_id
"""

TELL = """
INSERT INTO conversion_decisions (institution_id, conversion_id, deed, state, decided_by, document_number, answered_on,
    reason)
SELECT :institution_id, staged.conversion_id, CAST(:deed AS text), conversion.state, CAST(:actor_id AS uuid),
    CAST(:document_number AS text), CAST(:answered_on AS date), CAST(:reason AS text)
FROM staged_conversions AS staged
JOIN conversions AS conversion ON conversion.institution_id = :institution_id
    AND conversion.id = staged.conversion_id
ORDER BY staged.place
"""

POSTINGS = """
SELECT hold_entry_id, uuidv7(), 'use_credits' FROM staged_conversions WHERE is_grant AND is_towards
"""

GRADES = """
SELECT line.grade_id, staged.student_id, line.course_id, line.grade,
    'conversion ' || CAST(staged.conversion_id AS text) AS reason, staged.conversion_id AS source_id
FROM staged_conversion_courses AS line JOIN staged_conversions AS staged USING (place)
WHERE staged.is_grant AND staged.is_towards AND line.grade IS NOT NULL
"""

# A cohort's courses are few: joined by course first, as OFFSET 0 keeps it from being, all would meet all.
NAME_GRADES = """
UPDATE conversion_courses AS course SET grade_id = entered.grade_id
FROM (
    SELECT staged.conversion_id, line.course_id, line.grade_id
    FROM staged_conversion_courses AS line JOIN staged_conversions AS staged USING (place)
    WHERE staged.is_grant AND staged.is_towards AND line.grade_id IS NOT NULL OFFSET 0
) AS entered
WHERE course.institution_id = :institution_id AND course.conversion_id = entered.conversion_id
    AND course.course_id = entered.course_id
"""

EXEMPT = """
INSERT INTO component_offsets (institution_id, conversion_id, student_id, certificate_level_id, scheme_id,
    component_code, course_id, share_percent, counts_as_percent, granted_on)
SELECT :institution_id, staged.conversion_id, staged.student_id, staged.certificate_level_id, part.scheme_id,
    part.component_code, part.course_id, part.share_percent, part.counts_as_percent, CAST(:today AS date)
FROM staged_conversions AS staged
JOIN staged_conversion_courses AS line USING (place)
JOIN mapping_offsets AS part ON part.institution_id = :institution_id AND part.mapping_id = staged.mapping_id
    AND part.course_id = line.course_id
WHERE staged.is_grant AND NOT staged.is_towards
"""

COUNTS = """
SELECT count(*) AS decided, count(*) FILTER (WHERE is_grant) AS granted,
    coalesce(sum(credit) FILTER (WHERE is_grant), 0)::bigint AS credit
FROM staged_conversions
"""

TOLD = """
SELECT certificate.organisation_id, staged.certificate_level_id, count(*) FILTER (WHERE staged.is_grant) AS granted,
    count(*) FILTER (WHERE staged.awaits = 'organisation') AS awaiting,
    count(*) FILTER (WHERE staged.became IN ('lapsed', 'unwound')) AS ended,
    count(*) FILTER (WHERE staged.became = 'flagged') AS flagged
FROM staged_conversions AS staged
JOIN certificates AS certificate ON certificate.id = staged.certificate_id
GROUP BY certificate.organisation_id, staged.certificate_level_id
ORDER BY certificate.organisation_id, staged.certificate_level_id
"""

"""Ending conversions: releasing what was held, and what becomes of those whose credits or grades are lost."""

from x_pilot_api.credits.rules.conversions import OPEN, in_words

_OPEN = in_words(OPEN)

# What is over waits for nobody: the flag goes with it.
END = """
UPDATE conversions SET state = :state, awaits = NULL, ended_at = :now, end_reason = :reason, flagged_at = NULL,
    flag_reason = NULL
FROM staged_conversions AS staged
WHERE conversions.institution_id = :institution_id AND conversions.id = staged.conversion_id
    AND staged.became = :state
"""

FLAG = """
UPDATE conversions SET flagged_at = :now, flag_reason = :reason, cover_entry_id = staged.cover_entry_id
FROM staged_conversions AS staged
WHERE conversions.institution_id = :institution_id AND conversions.id = staged.conversion_id
    AND staged.became = 'flagged'
"""

KEEP = """
UPDATE conversions SET flagged_at = NULL, flag_reason = NULL FROM staged_conversions AS staged
WHERE conversions.institution_id = :institution_id AND conversions.id = staged.conversion_id
"""

GIVE_BACK = """
UPDATE learning_outcomes AS outcome SET used_hundredths = outcome.used_hundredths - ended.credit
FROM (
    SELECT outcome_id, sum(credit) AS credit FROM staged_conversions
    WHERE is_towards AND became IS NOT NULL AND NOT is_covered GROUP BY outcome_id
) AS ended
WHERE outcome.institution_id = :institution_id AND outcome.id = ended.outcome_id
"""

RELEASES = """
SELECT hold_entry_id, uuidv7(), CASE became WHEN 'unwound' THEN 'unwind_conversion' ELSE 'release_credits' END
FROM staged_conversions WHERE is_towards AND became IN ('refused', 'withdrawn', 'lapsed', 'unwound')
"""

# Credits that stand behind a granted conversion no more are lent by the institution until somebody settles it.
COVERS = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
SELECT uuidv7(), staged.cover_entry_id, 'cover_conversion', 'conversion', staged.conversion_id, 1, 'single', 'credit',
    :unbacked_account_id, held.debit_account_id, staged.credit
FROM staged_conversions AS staged
JOIN transfers AS held ON held.institution_id = :institution_id AND held.entry_id = staged.hold_entry_id
    AND held.phase = 'pending'
WHERE staged.became = 'flagged' AND staged.is_towards ORDER BY held.debit_account_id, staged.conversion_id
"""

UNCOVERS = "SELECT cover_entry_id, uuidv7(), 'uncover_conversion' FROM staged_conversions WHERE is_covered"

# Beside those that use a lost outcome's credits: those that rely on a grade that one of them entered.
_LOST = f"""
INSERT INTO staged_conversions (place, conversion_id, student_id, outcome_id, mapping_id, certificate_level_id,
    certificate_id, is_towards, credit, hold_entry_id, cover_entry_id, is_covered, is_grant, became)
WITH lost AS MATERIALIZED (
    SELECT conversion.* FROM conversions AS conversion
    WHERE conversion.institution_id = :institution_id AND conversion.outcome_id IN ({{wishes}})
        AND (conversion.state IN ({_OPEN}) OR conversion.state = 'granted' AND conversion.cover_entry_id IS NULL)
), relying AS (
    SELECT DISTINCT other.id FROM lost
    JOIN conversion_courses AS entered ON entered.institution_id = :institution_id
        AND entered.conversion_id = lost.id AND entered.grade_id IS NOT NULL
    JOIN conversion_courses AS relied ON relied.institution_id = :institution_id
        AND relied.grade_id = entered.grade_id AND relied.conversion_id <> lost.id
    JOIN conversions AS other ON other.institution_id = :institution_id AND other.id = relied.conversion_id
        AND (other.state IN ({_OPEN}) OR other.state = 'granted' AND other.flagged_at IS NULL)
)
SELECT row_number() OVER (ORDER BY affected.id), affected.id, affected.student_id, affected.outcome_id,
    affected.mapping_id, affected.certificate_level_id, level.certificate_id, affected.outcome_id IS NOT NULL,
    affected.credit_hundredths, affected.hold_entry_id,
    CASE WHEN became.became = 'flagged' AND affected.outcome_id IS NOT NULL THEN uuidv7() END, false, false,
    became.became
FROM (
    SELECT * FROM lost UNION ALL
    SELECT conversion.* FROM conversions AS conversion JOIN relying ON relying.id = conversion.id
    WHERE conversion.institution_id = :institution_id
) AS affected
JOIN certificate_levels AS level ON level.id = affected.certificate_level_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN affected.awaits IS NOT NULL THEN 'lapsed' WHEN CAST(:on_loss AS text) = 'unwind' THEN 'unwound'
        ELSE 'flagged' END AS became) AS became
"""

BECOME = """
UPDATE staged_conversions SET became = CAST(:became AS text),
    is_covered = CAST(:became AS text) = 'unwound' AND cover_entry_id IS NOT NULL
"""

# Unwinding what was flagged takes with it what relies on its grades.
RELYING = f"""
INSERT INTO staged_conversions (place, conversion_id, student_id, mapping_id, certificate_level_id, certificate_id,
    is_towards, credit, is_covered, is_grant, became)
SELECT DISTINCT ON (other.id) 1000000, other.id, other.student_id, other.mapping_id, other.certificate_level_id,
    level.certificate_id, false, 0, false, false,
    CASE WHEN other.awaits IS NOT NULL THEN 'lapsed' ELSE 'unwound' END
FROM staged_conversions AS ended
JOIN conversion_courses AS entered ON entered.institution_id = :institution_id
    AND entered.conversion_id = ended.conversion_id AND entered.grade_id IS NOT NULL
JOIN conversion_courses AS relied ON relied.institution_id = :institution_id
    AND relied.grade_id = entered.grade_id
JOIN conversions AS other ON other.institution_id = :institution_id AND other.id = relied.conversion_id
    AND other.direction = 'course_to_assessment' AND (other.state IN ({_OPEN}) OR other.state = 'granted')
JOIN certificate_levels AS level ON level.id = other.certificate_level_id
WHERE ended.is_towards AND ended.became = 'unwound'
    AND other.id NOT IN (SELECT conversion_id FROM staged_conversions)
"""

VOIDED_GRADES = """
SELECT course.grade_id, 'conversion ' || CAST(staged.conversion_id AS text) || ' unwound' AS reason
FROM staged_conversions AS staged
JOIN conversion_courses AS course ON course.institution_id = :institution_id
    AND course.conversion_id = staged.conversion_id AND course.grade_id IS NOT NULL
WHERE staged.became = 'unwound' AND staged.is_towards
"""

END_OFFSETS = """
UPDATE component_offsets AS part SET ended_at = :now FROM staged_conversions AS staged
WHERE part.institution_id = :institution_id AND part.conversion_id = staged.conversion_id
    AND staged.became = 'unwound' AND part.ended_at IS NULL
"""

AFFECTED = """
SELECT conversion_id, student_id, became FROM staged_conversions WHERE became IS NOT NULL
ORDER BY conversion_id
"""


def lost(wishes: str) -> str:
    """Write the statement that stages what rests on outcomes whose credits go; `wishes` is a query of their ids."""
    return _LOST.format(wishes=wishes)

"""Catching up on rules that were published late: what certificates without a rule would bring by the rules of now."""

_WAITING = """
outcome.institution_id = :institution_id AND outcome.state = 'recognised'
    AND outcome.reason = 'no_published_mapping'
    AND (CAST(:certificate_level_id AS uuid) IS NULL OR outcome.certificate_level_id = :certificate_level_id)
    AND (CAST(:programme_id AS uuid) IS NULL OR EXISTS (
        SELECT FROM students AS student WHERE student.institution_id = outcome.institution_id
            AND student.id = outcome.student_id AND student.programme_id = :programme_id))
"""

CATCHING_UP = f"""
SELECT outcome.id AS outcome_id, outcome.student_id, outcome.award_id, outcome.certificate_level_id, outcome.earned_on,
    outcome.due_at, outcome.deposits
FROM learning_outcomes AS outcome WHERE {_WAITING}
"""

PERSONS_WAITING = f"""
SELECT student.identity_document_id FROM learning_outcomes AS outcome
JOIN students AS student ON student.institution_id = outcome.institution_id AND student.id = outcome.student_id
WHERE {_WAITING}
"""

GAINS = """
SELECT made.outcome_id, made.student_id, made.award_id, made.certificate_level_id, made.mapping_id, made.credit,
    made.reason
FROM ({decision}) AS made WHERE made.credit > 0 ORDER BY made.outcome_id
"""
"""Who would gain what, by the decision that posts."""

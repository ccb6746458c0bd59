"""What guaranteed attempts add to sums: how many were granted, and how many are used.

The facts are the events, which never change: each adds what it made otherwise than the event before it left it.
"""

from x_pilot_api.tallies import rules as tallies

GUARANTEES = tallies.Source(
    name="guarantee_events",
    facts="""
SELECT added.measure, CAST(NULL AS uuid) AS unit_id, student.programme_id AS stream_id,
    CAST(NULL AS uuid) AS subject_id, CAST(NULL AS date) AS period_on, added.amount
FROM guarantee_events AS fact
JOIN guarantees AS guarantee ON guarantee.institution_id = fact.institution_id AND guarantee.id = fact.guarantee_id
JOIN students AS student ON student.institution_id = guarantee.institution_id AND student.id = guarantee.student_id
LEFT JOIN guarantee_events AS before ON before.institution_id = fact.institution_id
    AND before.guarantee_id = fact.guarantee_id AND before.number = fact.number - 1
CROSS JOIN LATERAL (VALUES
    ('guarantees_granted', CASE WHEN fact.number = 1 THEN 1 ELSE 0 END),
    ('guarantees_used', CAST(fact.state = 'used' AS integer) - CAST(coalesce(before.state = 'used', false) AS integer))
) AS added (measure, amount)
WHERE fact.institution_id = :institution_id AND {rows}
""",
    owner="guarantee.student_id",
)
tallies.know(GUARANTEES)

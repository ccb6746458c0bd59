"""What the register adds to sums."""

from x_pilot_api.tallies import rules as tallies

STUDENTS = tallies.Source(
    name="students",
    facts="""
SELECT 'students_enrolled' AS measure, CAST(NULL AS uuid) AS unit_id, fact.programme_id AS stream_id,
    CAST(NULL AS uuid) AS subject_id, CAST(NULL AS date) AS period_on, 1 AS amount
FROM students AS fact
WHERE fact.institution_id = :institution_id AND fact.status = 'enrolled' AND {rows}
""",
    owner="fact.id",
)
tallies.know(STUDENTS)

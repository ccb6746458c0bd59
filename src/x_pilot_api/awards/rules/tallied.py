"""What certificates add to sums: how many were issued in a month, and how many of those were revoked since."""

from x_pilot_api.tallies import rules as tallies

AWARDS = tallies.Source(
    name="awards",
    facts="""
SELECT added.measure, CAST(NULL AS uuid) AS unit_id, student.programme_id AS stream_id,
    fact.certificate_level_id AS subject_id, CAST(date_trunc('month', CAST(fact.issued_on AS timestamp)) AS date)
    AS period_on, added.amount
FROM awards AS fact
LEFT JOIN students AS student ON student.institution_id = fact.institution_id AND student.id = fact.student_id
CROSS JOIN LATERAL (VALUES ('awards_issued', 1), ('awards_revoked', CASE fact.state WHEN 'revoked' THEN 1 ELSE 0 END))
    AS added (measure, amount)
WHERE fact.institution_id = :institution_id AND {rows}
""",
    owner="fact.student_id",
)
tallies.know(AWARDS)

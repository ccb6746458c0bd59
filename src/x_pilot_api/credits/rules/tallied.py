"""What credit accounts, learning outcomes and conversions add to sums; credits in hundredths."""

from x_pilot_api.tallies import rules as tallies

_MONTH = "CAST(date_trunc('month', CAST({day} AS timestamp)) AS date) AS period_on"

# Only who is enrolled counts among the students, so only their accounts count among the accounts.
ACCOUNTS = tallies.Source(
    name="credit_accounts",
    facts="""
SELECT added.measure, CAST(NULL AS uuid) AS unit_id, student.programme_id AS stream_id,
    CAST(NULL AS uuid) AS subject_id, CAST(NULL AS date) AS period_on, added.amount
FROM credit_accounts AS fact
JOIN students AS student ON student.institution_id = fact.institution_id AND student.id = fact.student_id
CROSS JOIN LATERAL (SELECT fact.state = 'closed' AS is_closed) AS stands
CROSS JOIN LATERAL (VALUES
    ('accounts_opened', 1),
    ('accounts_closed', CASE WHEN is_closed THEN 1 ELSE 0 END),
    ('accounts_of_enrolled', CASE WHEN NOT is_closed AND student.status = 'enrolled' THEN 1 ELSE 0 END)
) AS added (measure, amount)
WHERE fact.institution_id = :institution_id AND {rows}
""",
    owner="fact.student_id",
)

OUTCOMES = tallies.Source(
    name="learning_outcomes",
    facts=f"""
SELECT CASE fact.reason WHEN 'deposited' THEN 'credits_recognised' ELSE 'credits_pending' END AS measure,
    CAST(NULL AS uuid) AS unit_id, student.programme_id AS stream_id, fact.certificate_level_id AS subject_id,
    {_MONTH.format(day="fact.earned_on")}, fact.credit_hundredths AS amount
FROM learning_outcomes AS fact
JOIN students AS student ON student.institution_id = fact.institution_id AND student.id = fact.student_id
WHERE fact.institution_id = :institution_id AND fact.credit_hundredths > 0 AND {{rows}}
""",
    owner="fact.student_id",
)

CONVERSIONS_GRANTED = tallies.Source(
    name="conversions",
    facts=f"""
SELECT added.measure, CAST(NULL AS uuid) AS unit_id, student.programme_id AS stream_id,
    fact.certificate_level_id AS subject_id, {_MONTH.format(day="fact.granted_on")}, added.amount
FROM conversions AS fact
JOIN students AS student ON student.institution_id = fact.institution_id AND student.id = fact.student_id
CROSS JOIN LATERAL (VALUES ('conversions_granted', 1), ('credits_converted', fact.credit_hundredths))
    AS added (measure, amount)
WHERE fact.institution_id = :institution_id AND fact.state = 'granted' AND {{rows}}
""",
    owner="fact.student_id",
)
tallies.know(ACCOUNTS, OUTCOMES, CONVERSIONS_GRANTED)

"""What results in effect add to sums: how many candidates passed, failed, were absent, excused, or in breach.

A result counts once it is final and students may see it: before, a sum would tell what is not shown yet.
"""

from x_pilot_api.tallies import rules as tallies

COUNTED = "fact.standing = 'effective' AND fact.grading IN ('final', 'corrected') AND NOT fact.is_held"
"""Which results count."""

KIND = """CASE fact.activity WHEN 'present' THEN CASE WHEN fact.passed THEN 'passed' ELSE 'failed' END
    ELSE fact.activity END"""
"""As what a result counts."""

RESULTS = tallies.Source(
    name="results",
    facts=f"""
SELECT 'results_' || {KIND} AS measure, registration.college_id AS unit_id, student.programme_id AS stream_id,
    registration.certificate_level_id AS subject_id,
    CAST(date_trunc('month', CAST(plan.exam_on AS timestamp)) AS date) AS period_on, 1 AS amount
FROM results AS fact
JOIN registrations AS registration ON registration.institution_id = fact.institution_id
    AND registration.id = fact.registration_id
JOIN exam_plans AS plan ON plan.institution_id = fact.institution_id AND plan.id = registration.exam_plan_id
JOIN candidates AS candidate ON candidate.institution_id = fact.institution_id
    AND candidate.id = registration.candidate_id
LEFT JOIN students AS student ON student.institution_id = fact.institution_id AND student.id = candidate.student_id
WHERE fact.institution_id = :institution_id AND {COUNTED} AND {{rows}}
""",
    owner="candidate.student_id",
)
tallies.know(RESULTS)

EXAMINED_NOW = """
fact.registration_id = ANY(ARRAY(
    SELECT registration_id FROM staged_results
    WHERE outcome IN ('accepted', 'corrected') AND (is_new OR is_released)))
"""
"""The results of whom a push decides: those in effect before it, and those after.

As an array each is looked up by itself; as a join, a batch is compared with all results while there are no statistics.
"""

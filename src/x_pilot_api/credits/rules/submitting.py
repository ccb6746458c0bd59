"""Submitting outcomes and deciding them: what is known of each, and on which ground it is refused.

Outcomes are staged as `staged_submissions`, one row each, and decided in SQL, for one as for ten thousand.
"""

from x_pilot_api.credits.rules.scores import meets

PERSONS_OF_SUBMISSIONS = """
SELECT student.identity_document_id FROM submitted_outcomes AS outcome
JOIN students AS student ON student.institution_id = outcome.institution_id AND student.id = outcome.student_id
WHERE outcome.institution_id = :institution_id AND outcome.id = ANY(CAST(:outcome_ids AS uuid[]))
"""

LOCK_SUBMISSIONS = """
SELECT id FROM submitted_outcomes WHERE institution_id = :institution_id AND id = ANY(CAST(:outcome_ids AS uuid[]))
ORDER BY id FOR NO KEY UPDATE
"""

LATEST_GRADE = """
SELECT latest.id, latest.course_id, latest.passed, latest.score_hundredths, latest.grade_word, latest.source_kind
FROM course_grades AS latest
JOIN course_grades AS named ON named.institution_id = :institution_id AND named.id = {grade_id}
    AND named.student_id = {student_id}
WHERE latest.institution_id = :institution_id AND latest.student_id = named.student_id
    AND latest.course_id = named.course_id AND latest.term = named.term AND latest.attempt = named.attempt
ORDER BY latest.revision DESC LIMIT 1
"""

_BEFORE = """
SELECT other.id FROM submitted_outcomes AS other
WHERE other.institution_id = :institution_id AND other.student_id = given.student_id
    AND other.state IN ('submitted', 'verified', 'recognised')
    AND (other.course_id = latest.course_id OR other.document_digest = given.document_digest
        OR (other.issuer, other.document_number) = (given.issuer, given.document_number))
ORDER BY other.id LIMIT 1
"""

SUBMITTED = f"""
INSERT INTO staged_submissions (place, outcome_id, student_id, kind, evidence, grade_id, course_id, document_number,
    issuer, issued_on, document_digest, hours, reason, refusal, figures)
SELECT known.place, known.outcome_id, known.student_id, known.kind, known.evidence, known.grade_id, known.course_id,
    known.document_number, known.issuer, known.issued_on, known.document_digest, known.hours, known.reason,
    CASE
        WHEN known.own_id IS NULL THEN 'outcome_student_unknown'
        WHEN NOT known.is_kind THEN 'outcome_kind_unknown'
        WHEN NOT known.is_evidence THEN 'outcome_evidence_wrong'
        WHEN known.evidence = 'grade' AND known.course_id IS NULL THEN 'outcome_grade_unknown'
        WHEN known.evidence = 'grade' AND (known.latest_id <> known.grade_id OR NOT known.passed)
            THEN 'outcome_grade_not_counting'
        WHEN known.source_kind IS NOT NULL THEN 'outcome_grade_derived'
        WHEN known.is_award THEN 'outcome_is_award'
        WHEN known.before_id IS NOT NULL OR known.nth > 1 THEN 'outcome_submitted_already'
    END,
    jsonb_build_object('kind', known.kind, 'evidence', known.evidence, 'version', CAST(:version AS int),
        'source', known.source_kind, 'number', known.document_number,
        'outcome', coalesce(CAST(known.before_id AS text), '-'))
FROM (
    SELECT given.*, uuidv7() AS outcome_id, student.id AS own_id, latest.id AS latest_id, latest.course_id,
        latest.passed, latest.source_kind, found.id AS before_id,
        EXISTS (SELECT FROM recognition_lines AS line WHERE line.institution_id = :institution_id
            AND line.policy_id = :policy_id AND line.kind = given.kind) AS is_kind,
        EXISTS (SELECT FROM recognition_lines AS line WHERE line.institution_id = :institution_id
            AND line.policy_id = :policy_id AND line.kind = given.kind AND line.evidence = given.evidence)
            AS is_evidence,
        EXISTS (SELECT FROM awards AS award WHERE award.institution_id = :institution_id
            AND award.student_id = given.student_id AND award.number = given.document_number) AS is_award,
        greatest(
            row_number() OVER (PARTITION BY given.student_id, latest.course_id,
                CASE WHEN latest.id IS NULL THEN given.place END ORDER BY given.place),
            row_number() OVER (PARTITION BY given.student_id, given.document_digest,
                CASE WHEN given.document_digest IS NULL THEN given.place END ORDER BY given.place),
            row_number() OVER (PARTITION BY given.student_id, given.issuer, given.document_number,
                CASE WHEN given.document_number IS NULL THEN given.place END ORDER BY given.place)) AS nth
    FROM (
        SELECT *, CASE WHEN grade_id IS NULL THEN 'document' ELSE 'grade' END AS evidence
        FROM unnest(CAST(:places AS int[]), CAST(:student_ids AS uuid[]), CAST(:kinds AS text[]),
            CAST(:grade_ids AS uuid[]), CAST(:document_numbers AS text[]), CAST(:issuers AS text[]),
            CAST(:issued AS date[]), CAST(:digests AS text[]), CAST(:hours AS bigint[]), CAST(:reasons AS text[]))
            AS given (place, student_id, kind, grade_id, document_number, issuer, issued_on, document_digest, hours,
                reason)
    ) AS given
    LEFT JOIN students AS student ON student.institution_id = :institution_id AND student.id = given.student_id
        AND student.id = ANY(CAST(:own_student_ids AS uuid[]))
    LEFT JOIN LATERAL ({LATEST_GRADE.format(grade_id="given.grade_id", student_id="given.student_id")}) AS latest
        ON true
    LEFT JOIN LATERAL ({_BEFORE}) AS found ON true
) AS known
"""

STORE_SUBMISSIONS = """
INSERT INTO submitted_outcomes (institution_id, id, student_id, kind, evidence, grade_id, seen_grade_id, course_id,
    document_number, issuer, issued_on, document_digest, hours, reason, submitted_by)
SELECT :institution_id, outcome_id, student_id, kind, evidence, grade_id, grade_id, course_id, document_number, issuer,
    issued_on, document_digest, hours, reason, :actor_id
FROM staged_submissions ORDER BY place
"""

_DUE = """
INSERT INTO staged_submissions (place, outcome_id, student_id, kind, evidence, grade_id, course_id, line_number,
    line_credit, credit, entry_id, ledger_account_id, refusal, figures)
SELECT named.place, outcome.id, outcome.student_id, outcome.kind, outcome.evidence, {grade}, outcome.course_id,
    {line}, {account}, judged.refusal,
    jsonb_build_object('state', outcome.state, 'deed', CAST(:deed AS text), 'version', CAST(:version AS int),
        'credits', coalesce(named.credit, 0), 'line_credit', {line_credit}, 'kind', outcome.kind)
FROM unnest(CAST(:outcome_ids AS uuid[]), CAST(:credits AS bigint[])) WITH ORDINALITY AS named (id, credit, place)
LEFT JOIN submitted_outcomes AS outcome ON outcome.institution_id = :institution_id AND outcome.id = named.id
    AND outcome.id = ANY(CAST(:own_ids AS uuid[]))
{joins}
CROSS JOIN LATERAL (SELECT CASE
    WHEN outcome.id IS NULL THEN 'submission_unknown'
    WHEN outcome.state <> ALL (CAST(:sources AS text[])) THEN 'submission_not_due'
    {grounds}
END AS refusal) AS judged
"""

SUBMISSIONS_DUE = _DUE.format(
    grade="outcome.grade_id",
    line="outcome.line_number, outcome.credit_hundredths, outcome.credit_hundredths, outcome.entry_id",
    account="CAST(NULL AS uuid)",
    line_credit="0",
    joins="",
    grounds="WHEN CAST(:deed AS text) = 'keep' AND outcome.flagged_at IS NULL THEN 'outcome_not_flagged'",
)


def line_met(outcome: str, grade: str) -> str:
    """Write the conditions of a `line` of the recognition policy about an outcome and the latest revision of a grade.

    A condition that is not said holds.
    """
    return f"""line.kind = {outcome}.kind AND line.evidence = {outcome}.evidence
    AND (line.evidence <> 'grade' OR {grade}.passed)
    AND (line.course_id IS NULL OR line.course_id = {outcome}.course_id)
    AND (line.least_grade IS NULL OR {meets(grade, "line.least_grade")})
    AND (line.issuer IS NULL OR line.issuer = {outcome}.issuer)
    AND (line.least_hours IS NULL OR {outcome}.hours >= line.least_hours)"""


# The first line whose conditions hold counts, by the grade as it is today.
RECOGNISED = _DUE.format(
    grade="latest.id",
    line="line.number, line.credit_hundredths, coalesce(named.credit, line.credit_hundredths), uuidv7()",
    account="account.ledger_account_id",
    line_credit="coalesce(line.credit_hundredths, 0)",
    joins=f"""
LEFT JOIN LATERAL ({LATEST_GRADE.format(grade_id="outcome.grade_id", student_id="outcome.student_id")}) AS latest
    ON true
LEFT JOIN LATERAL (
    SELECT line.number, line.credit_hundredths FROM recognition_lines AS line
    WHERE line.institution_id = :institution_id AND line.policy_id = :policy_id
        AND {line_met("outcome", "latest")}
    ORDER BY line.number LIMIT 1) AS line ON true
LEFT JOIN credit_accounts AS account ON account.institution_id = :institution_id
    AND account.student_id = outcome.student_id AND account.state = 'active'""",
    grounds="""
    WHEN outcome.verified_by = :actor_id THEN 'outcome_needs_another'
    WHEN outcome.evidence = 'grade' AND NOT coalesce(latest.passed, false) THEN 'outcome_grade_not_counting'
    WHEN line.number IS NULL THEN 'outcome_meets_no_line'
    WHEN named.credit NOT BETWEEN 1 AND line.credit_hundredths THEN 'outcome_credit_above_line'
    WHEN account.ledger_account_id IS NULL THEN 'account_not_active'""",
)

# Each counts as recognised for those after it in the list; of the limits that are exceeded the first is told.
OUTCOME_LIMITS = """
UPDATE staged_submissions AS staged SET refusal = 'outcome_limit_exceeded', figures = found.figures
FROM (
    SELECT DISTINCT ON (asked.place) asked.place, jsonb_build_object('kind', coalesce(most.kind, '合计 total'),
        'credits', added.credit, 'limit', most.credit_hundredths, 'version', CAST(:version AS int),
        'document_number', CAST(:document_number AS text)) AS figures
    FROM staged_submissions AS asked
    JOIN recognition_limits AS most ON most.institution_id = :institution_id AND most.policy_id = :policy_id
        AND (most.kind IS NULL OR most.kind = asked.kind)
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(credit), 0)::bigint AS credit FROM (
            SELECT credit, kind FROM staged_submissions AS each
            WHERE each.student_id = asked.student_id AND each.place <= asked.place AND each.refusal IS NULL
            UNION ALL
            SELECT credit_hundredths, kind FROM submitted_outcomes AS done
            WHERE done.institution_id = :institution_id AND done.student_id = asked.student_id
                AND done.state = 'recognised'
        ) AS counted WHERE most.kind IS NULL OR counted.kind = most.kind
    ) AS added
    WHERE asked.refusal IS NULL AND added.credit > most.credit_hundredths
    ORDER BY asked.place, most.number
) AS found
WHERE staged.place = found.place
"""

RECOGNITIONS = """
INSERT INTO staged_transfers (transfer_id, entry_id, kind, source_kind, source_id, occasion, phase, unit,
    debit_account_id, credit_account_id, amount)
SELECT uuidv7(), entry_id, 'recognise', 'submitted_outcome', outcome_id, 1, 'single', 'credit',
    :recognition_account_id, ledger_account_id, credit
FROM staged_submissions ORDER BY ledger_account_id, outcome_id
"""

COUNT_RECOGNISED = """
UPDATE submitted_outcomes AS outcome SET state = 'recognised', policy_id = :policy_id,
    line_number = staged.line_number, credit_hundredths = staged.credit, entry_id = staged.entry_id,
    recognised_by = :actor_id, recognised_on = CAST(:today AS date), seen_grade_id = staged.grade_id
FROM staged_submissions AS staged
WHERE outcome.institution_id = :institution_id AND outcome.id = staged.outcome_id
"""

VERIFY_SUBMISSIONS = """
UPDATE submitted_outcomes AS outcome SET state = 'verified', verified_by = :actor_id
FROM staged_submissions AS staged
WHERE outcome.institution_id = :institution_id AND outcome.id = staged.outcome_id
"""

END_SUBMISSIONS = """
UPDATE submitted_outcomes AS outcome SET state = CAST(:state AS text), ended_at = :now,
    end_reason = CAST(:reason AS text), flagged_at = NULL, flag_reason = NULL
FROM staged_submissions AS staged
WHERE outcome.institution_id = :institution_id AND outcome.id = staged.outcome_id
    AND staged.became = CAST(:state AS text)
"""

KEEP_SUBMISSIONS = """
UPDATE submitted_outcomes AS outcome SET flagged_at = NULL, flag_reason = NULL FROM staged_submissions AS staged
WHERE outcome.institution_id = :institution_id AND outcome.id = staged.outcome_id
"""

SUBMISSIONS_BECOME = "UPDATE staged_submissions SET became = CAST(:state AS text)"

OUTCOME_REVERSALS = "SELECT entry_id, uuidv7(), 'reverse_outcome' FROM staged_submissions WHERE became = 'reversed'"

TELL_SUBMISSIONS = """
INSERT INTO submission_decisions (institution_id, outcome_id, deed, state, decided_by, document_number, reason)
SELECT :institution_id, staged.outcome_id, CAST(:deed AS text), outcome.state, CAST(:actor_id AS uuid),
    CAST(:document_number AS text), CAST(:reason AS text)
FROM staged_submissions AS staged
JOIN submitted_outcomes AS outcome ON outcome.institution_id = :institution_id AND outcome.id = staged.outcome_id
ORDER BY staged.place
"""

REFUSED_SUBMISSIONS = "SELECT place, refusal, figures FROM staged_submissions WHERE refusal IS NOT NULL ORDER BY place"

_REVISED = """
FROM submitted_outcomes AS outcome
CROSS JOIN LATERAL ({latest}) AS latest
WHERE outcome.institution_id = :institution_id AND outcome.state = 'recognised' AND outcome.evidence = 'grade'
    AND latest.id <> outcome.seen_grade_id
""".format(latest=LATEST_GRADE.format(grade_id="outcome.grade_id", student_id="outcome.student_id"))

PERSONS_OF_REVISED = f"""
SELECT student.identity_document_id FROM students AS student
WHERE student.institution_id = :institution_id AND student.id IN (SELECT outcome.student_id {_REVISED})
"""

# A revision that still meets the line it was recognised by changes nothing; of the others policy says what becomes.
STAGE_REVISED = f"""
INSERT INTO staged_submissions (place, outcome_id, student_id, kind, evidence, grade_id, course_id, credit, entry_id,
    became)
SELECT row_number() OVER (ORDER BY outcome.id), outcome.id, outcome.student_id, outcome.kind, outcome.evidence,
    latest.id, outcome.course_id, outcome.credit_hundredths, outcome.entry_id,
    CASE WHEN EXISTS (SELECT FROM recognition_lines AS line WHERE line.institution_id = :institution_id
            AND line.policy_id = outcome.policy_id AND line.number = outcome.line_number
            AND {line_met("outcome", "latest")}) THEN 'stands'
        WHEN CAST(:on_loss AS text) = 'unwind' THEN 'reversed' ELSE 'flagged' END
{_REVISED}
"""

SEE_REVISED = """
UPDATE submitted_outcomes AS outcome SET seen_grade_id = staged.grade_id,
    flagged_at = CASE WHEN staged.became = 'flagged' THEN coalesce(outcome.flagged_at, :now)
        ELSE outcome.flagged_at END,
    flag_reason = CASE WHEN staged.became = 'flagged' THEN coalesce(outcome.flag_reason, CAST(:reason AS text))
        ELSE outcome.flag_reason END
FROM staged_submissions AS staged
WHERE outcome.institution_id = :institution_id AND outcome.id = staged.outcome_id
"""

FORGET_STANDING = "DELETE FROM staged_submissions WHERE became = 'stands'"

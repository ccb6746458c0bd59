"""The limit: the same checks and the same rows by hand-written SQL over one driver connection, without a service.

It has no HTTP, authentication, idempotency, audit, sealing or decoding, and knows only batches of new results: a
correction, or credits that give way to a higher level, it would refuse.
"""

import json
import os
from datetime import date
from decimal import Decimal
from typing import Any, Self
from uuid import UUID, uuid4

import asyncpg

from benchmarks.setting import DOCUMENT_KIND, Batch, Setting
from x_pilot_api.core.db import SERVICE_ROLE
from x_pilot_api.core.row_security import INSTITUTION
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import Result

_TABLES = """
CREATE TEMPORARY TABLE pushed (row_number int, org_result_id text, revision int, admission_number text,
    document_hash bytea, activity text, grading text, components jsonb, codes text[], scores int[],
    claimed_total_hundredths int, claimed_passed boolean, certificate_number text, reason text) ON COMMIT DELETE ROWS;
CREATE TEMPORARY TABLE checked (row_number int, org_result_id text, revision int, activity text, grading text,
    components jsonb, total_hundredths bigint, passed boolean, claimed_total_hundredths bigint, claimed_passed boolean,
    certificate_number text, reason text, outcome text, code text, registration_id uuid, level_id uuid,
    identity_document_id uuid, student_id uuid, holder_name text, number text, result_id uuid, award_id uuid,
    outcome_id uuid, outcome_state text, outcome_reason text, mapping_id uuid, rule_credit bigint, credit bigint,
    ledger_account_id uuid, entry_id uuid, transfer_id uuid) ON COMMIT DELETE ROWS;
"""

_LOCK = """
SELECT count(*) FROM (
    SELECT FROM identity_documents WHERE institution_id = $1 AND id IN (
        SELECT candidate.identity_document_id FROM pushed
        JOIN registrations AS registration ON registration.institution_id = $1
            AND registration.exam_plan_id = $2 AND registration.admission_number = pushed.admission_number
        JOIN candidates AS candidate ON candidate.institution_id = $1 AND candidate.id = registration.candidate_id)
    ORDER BY id FOR NO KEY UPDATE) AS locked
"""

_EXAMINED = """
SELECT examined.certificate_level_id AS level_id, level.certificate_id, level.level, scheme.combination,
    scheme.pass_mark_hundredths AS pass_mark, part.*, limited.credit AS limit_credit
FROM exam_plan_levels AS examined
JOIN certificate_levels AS level ON level.id = examined.certificate_level_id
JOIN assessment_schemes AS scheme ON scheme.id = examined.scheme_id
CROSS JOIN LATERAL (
    SELECT array_agg(code ORDER BY code) AS needed_codes, array_agg(weight_percent ORDER BY code) AS weights,
        array_agg(full_mark_hundredths ORDER BY code) AS full_marks, count(*)::int AS needed,
        array_agg(coalesce(pass_mark_hundredths, 0) ORDER BY code) AS marks
    FROM assessment_components WHERE scheme_id = scheme.id) AS part
CROSS JOIN LATERAL (
    SELECT min(found.credit_hundredths) AS credit FROM (
        SELECT DISTINCT ON (code) credit_hundredths FROM policy_limits
        WHERE institution_id = $1 AND code IN ('per_certificate', 'credit_bank') AND withdrawn_at IS NULL
            AND effective_from <= $4 AND (effective_to IS NULL OR effective_to > $4)
            AND (certificate_level_id IS NULL OR certificate_level_id = level.id)
        ORDER BY code, certificate_level_id NULLS LAST) AS found) AS limited
WHERE examined.institution_id = $1 AND examined.exam_plan_id = $2
"""

_IN_FORCE = """
SELECT rule.id, rule.programme_id, rule.certificate_level_id, rule.entry_year_from, rule.entry_year_to,
    sum(course.credit_hundredths)::bigint AS credit
FROM mappings AS rule
JOIN mapping_courses AS course ON course.institution_id = $1 AND course.mapping_id = rule.id
WHERE rule.institution_id = $1 AND rule.direction = 'certificate_to_course' AND rule.effective_from <= $4
    AND (rule.effective_to IS NULL OR rule.effective_to > $4) AND rule.state IN ('published', 'superseded')
    AND rule.certificate_level_id IN (SELECT level_id FROM examined)
GROUP BY rule.institution_id, rule.id
"""

_FOUND = f"""
SELECT pushed.*, examined.*, registration.id AS registration_id, registration.state AS registration_state,
    (registration.confirmed_at AT TIME ZONE $5)::date AS confirmed_on, candidate.identity_document_id,
    candidate.student_id, candidate.name AS holder_name, {rules.IS_JUDGED} AS is_judged, admission.exited_on,
    document.lookup_hash IS NOT DISTINCT FROM pushed.document_hash AS same_document,
    cardinality(pushed.codes) AS given,
    CASE WHEN pushed.codes = examined.needed_codes THEN examined.needed END AS known,
    row_number() OVER (PARTITION BY pushed.org_result_id ORDER BY pushed.row_number) AS nth_of_result,
    row_number() OVER (PARTITION BY registration.id ORDER BY pushed.row_number) AS nth_of_registration,
    min(document.lookup_hash) OVER same_number <> max(document.lookup_hash) OVER same_number AS number_is_shared
FROM pushed
LEFT JOIN registrations AS registration ON registration.institution_id = $1 AND registration.exam_plan_id = $2
    AND registration.admission_number = pushed.admission_number
LEFT JOIN examined ON examined.level_id = registration.certificate_level_id
LEFT JOIN candidates AS candidate ON candidate.institution_id = $1 AND candidate.id = registration.candidate_id
LEFT JOIN identity_documents AS document ON document.institution_id = $1
    AND document.id = candidate.identity_document_id
LEFT JOIN admissions AS admission ON admission.institution_id = $1 AND admission.college_id = registration.college_id
    AND admission.certificate_id = examined.certificate_id
WINDOW same_number AS (PARTITION BY examined.level_id, pushed.certificate_number)
"""


def _columns_of(result: str) -> str:
    """Name an earlier result's columns as the rules of the service do."""
    return ", ".join(f"{result}.{column} AS {result}_{column}" for column in Result.__table__.columns.keys())  # noqa: SIM118


_GATHERED = f"""
SELECT found.*, score.wild_code, score.total AS total_hundredths,
    score.every_mark_reached AND (found.combination = 'every_component' OR score.total >= found.pass_mark) AS passed,
    {_columns_of("latest")}, {_columns_of("effective")}, false AS same_content, held.id AS held_award_id,
    found.certificate_number IS NOT NULL AND (found.number_is_shared OR EXISTS (
        SELECT FROM awards AS other WHERE other.institution_id = $1 AND other.number = found.certificate_number
            AND other.certificate_level_id = found.level_id AND other.state <> 'revoked'
            AND other.identity_document_id <> found.identity_document_id)) AS number_is_taken
FROM found
LEFT JOIN LATERAL (
    SELECT round(sum(score::numeric * weight * 100 / full_mark))::bigint AS total, bool_and(score >= mark)
            AS every_mark_reached, min(code) FILTER (WHERE score < 0 OR score > full_mark) AS wild_code
    FROM unnest(found.scores, found.weights, found.full_marks, found.marks, found.codes)
        AS part (score, weight, full_mark, mark, code)) AS score ON found.known IS NOT NULL AND found.is_judged
LEFT JOIN LATERAL (
    SELECT * FROM results
    WHERE institution_id = $1 AND organisation_id = $3 AND org_result_id = found.org_result_id
    ORDER BY revision DESC LIMIT 1) AS latest ON true
LEFT JOIN LATERAL (
    SELECT * FROM results
    WHERE institution_id = $1 AND registration_id = found.registration_id AND standing = 'effective'
    LIMIT 1) AS effective ON true
LEFT JOIN LATERAL (
    SELECT id FROM awards WHERE institution_id = $1 AND identity_document_id = found.identity_document_id
        AND certificate_level_id = found.level_id AND state <> 'revoked' LIMIT 1) AS held ON true
"""

_DECIDED = f"""
SELECT gathered.*, coalesce({rules.first_code(rules.REFUSALS)}, {rules.first_code(rules.QUARANTINES)}) AS code,
    is_judged AND passed AND grading IN ('final', 'corrected') AND held_award_id IS NULL AS earns
FROM gathered
"""

_VALUED = """
SELECT decided.*, earns AND code IS NULL AS issues, in_force.id AS mapping_id, account.ledger_account_id,
    coalesce(in_force.credit, 0) AS rule_credit, least(coalesce(in_force.credit, 0), limit_credit) AS credit,
    (SELECT max(known.level) FROM learning_outcomes AS outcome
        JOIN certificate_levels AS known ON known.id = outcome.certificate_level_id
        WHERE outcome.institution_id = $1 AND outcome.student_id = decided.student_id
            AND outcome.credit_hundredths > 0 AND known.certificate_id = decided.certificate_id) AS best_before,
    max(decided.level) OVER (PARTITION BY decided.student_id, decided.certificate_id) AS best_here
FROM decided
LEFT JOIN students AS student ON student.institution_id = $1 AND student.id = decided.student_id
LEFT JOIN credit_accounts AS account ON account.institution_id = $1 AND account.student_id = decided.student_id
    AND account.state = 'active'
LEFT JOIN in_force ON in_force.programme_id = student.programme_id
    AND in_force.certificate_level_id = decided.level_id
    AND student.entry_year BETWEEN in_force.entry_year_from AND in_force.entry_year_to
"""

_CHECK = f"""
INSERT INTO checked
WITH examined AS MATERIALIZED ({_EXAMINED}), in_force AS MATERIALIZED ({_IN_FORCE}), found AS MATERIALIZED ({_FOUND}),
gathered AS ({_GATHERED} OFFSET 0), decided AS ({_DECIDED} OFFSET 0), valued AS ({_VALUED} OFFSET 0), reasoned AS (
    SELECT valued.*, CASE WHEN ledger_account_id IS NULL THEN 'account_not_open'
        WHEN mapping_id IS NULL THEN 'no_published_mapping' WHEN best_before <> level OR best_here <> level
        THEN 'another_level' WHEN credit = 0 THEN 'limit_leaves_nothing' ELSE 'deposited' END AS because
    FROM valued OFFSET 0)
SELECT row_number, org_result_id, revision, activity, grading, components, total_hundredths, passed,
    claimed_total_hundredths, claimed_passed, certificate_number, reason,
    CASE WHEN code IS NOT NULL THEN 'refused' WHEN latest_revision IS NOT NULL THEN 'corrected' ELSE 'accepted' END,
    code, registration_id, level_id, identity_document_id, student_id, holder_name,
    coalesce(certificate_number, {rules.OUR_NUMBER}), uuidv7(), CASE WHEN issues THEN uuidv7() END,
    CASE WHEN issues AND student_id IS NOT NULL THEN uuidv7() END,
    CASE WHEN because = 'account_not_open' THEN 'verified' ELSE 'recognised' END, because,
    CASE WHEN ledger_account_id IS NOT NULL THEN mapping_id END,
    CASE WHEN ledger_account_id IS NOT NULL THEN rule_credit ELSE 0 END,
    CASE WHEN because = 'deposited' THEN credit ELSE 0 END, ledger_account_id,
    CASE WHEN because = 'deposited' AND issues THEN uuidv7() END,
    CASE WHEN because = 'deposited' AND issues THEN uuidv7() END
FROM reasoned
"""

_BATCH = """
INSERT INTO result_batches (institution_id, id, exam_plan_id, organisation_id, caller_id, machine_client_id, is_test,
    sealed_body, key_id, row_count, counts)
SELECT $1, $2, $3, $4, $5, $5, false, $6, $7, count(*), jsonb_build_object(
    'accepted', count(*) FILTER (WHERE outcome = 'accepted'),
    'issued', count(award_id), 'deposited', count(entry_id), 'credit', sum(credit) FILTER (WHERE entry_id IS NOT NULL))
FROM checked RETURNING counts
"""

_WRITE = """
WITH balance AS MATERIALIZED (
    SELECT account_id, posted, held_out, seq FROM ledger_balances
    WHERE institution_id = $1 AND account_id IN (SELECT ledger_account_id FROM checked WHERE entry_id IS NOT NULL)
    ORDER BY account_id FOR NO KEY UPDATE
), numbered AS MATERIALIZED (
    SELECT checked.transfer_id, checked.entry_id, checked.outcome_id, checked.credit, balance.account_id,
        balance.seq + row_number() OVER by_account AS seq,
        balance.posted - balance.held_out + sum(checked.credit) OVER by_account AS available
    FROM balance JOIN checked ON checked.ledger_account_id = balance.account_id AND checked.entry_id IS NOT NULL
    WINDOW by_account AS (PARTITION BY balance.account_id ORDER BY checked.transfer_id ROWS UNBOUNDED PRECEDING)
), award AS (
    INSERT INTO awards (institution_id, id, identity_document_id, student_id, holder_name, certificate_level_id, number,
        verification_code, issued_on)
    SELECT $1, award_id, identity_document_id, student_id, holder_name, level_id, number,
        institution.code || '-' || upper(replace(gen_random_uuid()::text, '-', '')), $5
    FROM checked, (SELECT code FROM institutions WHERE id = $1) AS institution WHERE award_id IS NOT NULL
), borne AS (
    INSERT INTO award_numbers (institution_id, organisation_id, number, award_id)
    SELECT $1, $3, number, award_id FROM checked WHERE award_id IS NOT NULL
), result AS (
    INSERT INTO results (institution_id, id, organisation_id, registration_id, org_result_id, revision, activity,
        grading, components, total_hundredths, passed, claimed_total_hundredths, claimed_passed, certificate_number,
        reason, standing, award_id, batch_id)
    SELECT $1, result_id, $3, registration_id, org_result_id, revision, activity, grading, components, total_hundredths,
        passed, claimed_total_hundredths, claimed_passed, certificate_number, reason, 'effective', award_id, $2
    FROM checked
), told AS (
    INSERT INTO result_rows (institution_id, batch_id, row_number, org_result_id, outcome, result_id)
    SELECT $1, $2, row_number, org_result_id, outcome, result_id FROM checked
), entry AS (
    INSERT INTO journal_entries (institution_id, id, kind, source_kind, source_id, occasion, actor_id)
    SELECT $1, entry_id, 'deposit', 'learning_outcome', outcome_id, 1, $4 FROM numbered
), outcome AS (
    INSERT INTO learning_outcomes (institution_id, id, student_id, award_id, certificate_level_id, state, reason,
        mapping_id, rule_credit_hundredths, credit_hundredths, entry_id, deposits, earned_on)
    SELECT $1, outcome_id, student_id, award_id, level_id, outcome_state, outcome_reason, mapping_id, rule_credit,
        credit, entry_id, CASE WHEN credit > 0 THEN 1 ELSE 0 END, $5
    FROM checked WHERE outcome_id IS NOT NULL
), moved AS (
    INSERT INTO transfers (institution_id, id, entry_id, phase, unit, debit_account_id, credit_account_id, amount,
        credit_seq, credit_available)
    SELECT $1, transfer_id, entry_id, 'single', 'credit', recognition.id, account_id, credit, seq, available
    FROM numbered, (SELECT id FROM ledger_accounts WHERE institution_id = $1 AND kind = 'recognition'
        AND unit = 'credit' AND NOT is_limited) AS recognition
)
UPDATE ledger_balances AS kept SET posted = kept.posted + change.credit, seq = kept.seq + change.rows
FROM (SELECT account_id, sum(credit) AS credit, count(*) AS rows FROM numbered GROUP BY account_id) AS change
WHERE kept.institution_id = $1 AND kept.account_id = change.account_id
"""

_SUM_UP = """
INSERT INTO tally_deltas (institution_id, measure, unit_id, stream_id, subject_id, period_on, amount)
SELECT $1, added.measure, added.unit_id, student.programme_id, checked.level_id,
    CAST(date_trunc('month', CAST($2 AS timestamp)) AS date), sum(added.amount)
FROM checked
JOIN registrations AS registration ON registration.institution_id = $1 AND registration.id = checked.registration_id
LEFT JOIN students AS student ON student.institution_id = $1 AND student.id = checked.student_id
CROSS JOIN LATERAL (VALUES
    ('results_passed', registration.college_id, CASE WHEN checked.passed THEN 1 ELSE 0 END),
    ('awards_issued', NULL, CASE WHEN checked.award_id IS NULL THEN 0 ELSE 1 END),
    ('credits_recognised', NULL, CASE WHEN checked.entry_id IS NULL THEN 0 ELSE checked.credit END)
) AS added (measure, unit_id, amount)
GROUP BY 2, 3, 4, 5, 6 HAVING sum(added.amount) <> 0
"""


def _as_jsonb(text: str) -> bytes:
    return b"\x01" + text.encode()


_ACT = f"SELECT set_config('{INSTITUTION}', $1, true)"


class Limit:
    """One driver connection that pushes batches as lean as it can be done."""

    def __init__(self, connection: Any, setting: Setting) -> None:  # noqa: ANN401 - asyncpg has no types
        self.connection = connection
        self.setting = setting

    @classmethod
    async def connect(cls, setting: Setting) -> Self:
        """Connect as the service does, and make the temporary tables once."""
        as_the_service = {"role": SERVICE_ROLE, "timezone": "UTC", "jit": "off"}
        connection = await asyncpg.connect(setting.urls.service, server_settings=as_the_service)
        # COPY is binary, and a binary jsonb begins with the number of its version.
        await connection.set_type_codec(
            "jsonb", encoder=_as_jsonb, decoder=lambda it: json.loads(it[1:]), schema="pg_catalog", format="binary"
        )
        await connection.execute(_TABLES)
        return cls(connection, setting)

    def decode(self, batch: Batch) -> list[tuple[object, ...]]:
        """Turn the rows into what COPY takes; this is done before the clock runs."""
        return [self._decoded(number, row) for number, row in enumerate(batch.rows(), start=1)]

    def _decoded(self, number: int, row: dict[str, Any]) -> tuple[object, ...]:
        scores = {code: int(Decimal(score) * 100) for code, score in sorted(row["components"].items())}
        return (
            number,
            row["org_result_id"],
            row["revision"],
            row["admission_number"],
            self.setting.sealer.lookup_hash(DOCUMENT_KIND, row["document_number"]),
            row["activity"],
            row["grading"],
            json.dumps(scores, separators=(",", ":")),
            list(scores),
            list(scores.values()),
            int(Decimal(row["total"]) * 100),
            row["passed"],
            row.get("certificate_number"),
            row.get("reason"),
        )

    async def push(self, batch: Batch, records: list[tuple[object, ...]], sealed: bytes) -> UUID:
        """Push one batch in one transaction and tell its id."""
        ids, day = self.setting.ids, batch.exam_on
        batch_id = uuid4()
        async with self.connection.transaction():
            await self.connection.execute(_ACT, str(ids.institution))
            await self._check(batch.plan_id, records, day)
            counts: dict[str, int] = await self.connection.fetchval(
                _BATCH,
                ids.institution,
                batch_id,
                batch.plan_id,
                ids.organisation,
                ids.client,
                sealed,
                self.setting.sealer.key_id,
            )
            if counts["accepted"] != len(records):
                raise RuntimeError("the limit only knows batches of new, sound results")
            await self.connection.execute(_WRITE, ids.institution, batch_id, ids.organisation, ids.client, day)
            await self.connection.execute(_SUM_UP, ids.institution, day)
        return batch_id

    async def _check(self, plan_id: UUID, records: list[tuple[object, ...]], day: date) -> None:
        ids = self.setting.ids
        await self.connection.copy_records_to_table("pushed", records=records)
        await self.connection.execute(_LOCK, ids.institution, plan_id)
        await self.connection.execute(
            _CHECK, ids.institution, plan_id, ids.organisation, day, self.setting.settings.timezone
        )

    @staticmethod
    def sealed(batch: Batch) -> bytes:
        """Make bytes of the size and randomness of a sealed body."""
        return os.urandom(len(batch.body()) + 28)

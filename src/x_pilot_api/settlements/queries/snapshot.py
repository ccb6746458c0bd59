"""What a plan's locked candidates come to as of an instant: one statement over charges and attendance."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.settlements.models import Settlement

# Who was locked, and whether they were examined. An excuse goes before what the door list says, and that before what
# the result says; an absence that an incident excuses is one of the excuses.
_LOCKED = """
    SELECT registration.id AS registration_id, registration.certificate_level_id, registration.college_id,
        registration.admission_number,
        CASE
            WHEN result.activity = 'excused' THEN 'exempt'
            WHEN attendance.state = 'absent' AND excuse.registration_id IS NOT NULL THEN 'exempt'
            WHEN attendance.state = 'present' THEN 'attended'
            WHEN attendance.state = 'absent' THEN 'absent'
            WHEN attendance.state IS NULL AND result.activity IN ('present', 'breach') THEN 'attended'
            WHEN attendance.state IS NULL AND result.activity = 'absent' THEN 'absent'
            ELSE 'unknown'
        END AS presence,
        coalesce(guarantee.state IN ('used', 'forfeited') AND guarantee.registration_id = registration.id, false)
            AS guarantee_used
    FROM registrations AS registration
    LEFT JOIN attendances AS attendance ON attendance.institution_id = registration.institution_id
        AND attendance.registration_id = registration.id
    LEFT JOIN results AS result ON result.institution_id = registration.institution_id
        AND result.registration_id = registration.id AND result.standing = 'effective'
    LEFT JOIN LATERAL (
        SELECT consequence.registration_id FROM incident_consequences AS consequence
        WHERE consequence.institution_id = registration.institution_id
            AND consequence.registration_id = registration.id AND consequence.kind = 'restores_guarantee'
            AND consequence.recorded_at <= :as_of
        LIMIT 1) AS excuse ON true
    LEFT JOIN LATERAL (
        SELECT latest.state, latest.registration_id FROM candidates AS candidate
        JOIN guarantees AS granted ON granted.institution_id = candidate.institution_id
            AND granted.student_id = candidate.student_id
        JOIN guarantee_events AS latest ON latest.institution_id = granted.institution_id
            AND latest.guarantee_id = granted.id AND latest.recorded_at <= :as_of
        WHERE candidate.institution_id = registration.institution_id AND candidate.id = registration.candidate_id
        ORDER BY latest.number DESC LIMIT 1) AS guarantee ON true
    WHERE registration.institution_id = :institution_id AND registration.exam_plan_id = :exam_plan_id
        AND registration.locked_at <= :as_of AND registration.admission_number IS NOT NULL
"""

# What was charged by then and became of it by then, from the rows that are only added to; a charge's own figures are
# those of now. Of a cancelled charge nothing was waived and no fund paid any of it.
CHARGED = """
    SELECT charge.id, charge.registration_id, charge.payer, charge.fee_standard_id, charge.amount_fen,
        coalesce(charge.cancelled_at <= :as_of, false) AS is_cancelled,
        coalesce(relief.waived_fen, 0) AS waived_fen, coalesce(relief.subsidised_fen, 0) AS subsidised_fen,
        coalesce(payment.paid_fen, 0) AS paid_fen, coalesce(refund.refunded_fen, 0) AS refunded_fen
    FROM charges AS charge
    LEFT JOIN LATERAL (
        SELECT sum(amount_fen) FILTER (WHERE kind = 'waiver') AS waived_fen,
            sum(amount_fen) FILTER (WHERE kind = 'subsidy') AS subsidised_fen
        FROM charge_reliefs AS given
        WHERE given.institution_id = charge.institution_id AND given.charge_id = charge.id
            AND given.recorded_at <= :as_of) AS relief ON true
    LEFT JOIN LATERAL (
        SELECT sum(amount_fen) AS paid_fen FROM payments AS made
        WHERE made.institution_id = charge.institution_id AND made.charge_id = charge.id
            AND made.state = 'settled' AND made.decided_at <= :as_of) AS payment ON true
    LEFT JOIN LATERAL (
        SELECT sum(amount_fen) AS refunded_fen FROM charge_refunds AS given
        WHERE given.institution_id = charge.institution_id AND given.charge_id = charge.id
            AND given.recorded_at <= :as_of) AS refund ON true
    WHERE charge.institution_id = :institution_id AND charge.raised_at <= :as_of AND {of}
"""
"""Charges as of an instant, of what `{of}` says."""

PARTS = """
    SELECT id, registration_id, payer, fee_standard_id,
        CASE WHEN is_cancelled THEN amount_fen ELSE amount_fen - subsidised_fen END AS charged_fen,
        CASE WHEN is_cancelled THEN amount_fen ELSE 0 END AS cancelled_fen,
        CASE WHEN is_cancelled THEN 0 ELSE waived_fen END AS waived_fen,
        CASE WHEN is_cancelled THEN 0 ELSE refunded_fen END AS reduced_fen, paid_fen, refunded_fen
    FROM charged
    UNION ALL
    SELECT id, registration_id, 'subsidy', fee_standard_id, subsidised_fen, 0, 0, 0, subsidised_fen, 0
    FROM charged WHERE subsidised_fen > 0 AND NOT is_cancelled
"""
"""What each payer bears of the charges in `charged`; what a fund paid is the fund's part."""

_BY_PAYER = f"""
    SELECT registration_id, payer, (array_agg(fee_standard_id ORDER BY id DESC))[1] AS fee_standard_id,
        sum(charged_fen) AS charged_fen, sum(cancelled_fen) AS cancelled_fen, sum(waived_fen) AS waived_fen,
        sum(reduced_fen) AS reduced_fen, sum(paid_fen) AS paid_fen, sum(refunded_fen) AS refunded_fen
    FROM ({PARTS}) AS part
    GROUP BY registration_id, payer
"""

ROWS = f"""
WITH locked AS ({_LOCKED}), charged AS (
    {CHARGED.format(of="charge.exam_plan_id = :exam_plan_id")}), borne AS ({_BY_PAYER}), before AS (
    SELECT * FROM settlement_rows AS earlier
    WHERE earlier.institution_id = :institution_id AND earlier.settlement_id = :adjusts_id
        AND earlier.edition = (SELECT edition FROM settlements AS agreed
            WHERE agreed.institution_id = :institution_id AND agreed.id = :adjusts_id)
), present AS (
    SELECT locked.*, coalesce(borne.payer, 'none') AS payer, borne.fee_standard_id,
        coalesce(borne.charged_fen, 0) AS charged_fen, coalesce(borne.cancelled_fen, 0) AS cancelled_fen,
        coalesce(borne.waived_fen, 0) AS waived_fen, coalesce(borne.reduced_fen, 0) AS reduced_fen,
        coalesce(borne.paid_fen, 0) AS paid_fen,
        coalesce(borne.refunded_fen, 0) AS refunded_fen
    FROM locked LEFT JOIN borne USING (registration_id)
), both_sides AS (
    SELECT coalesce(present.registration_id, before.registration_id) AS registration_id,
        coalesce(present.payer, before.payer) AS payer,
        coalesce(present.certificate_level_id, before.certificate_level_id) AS certificate_level_id,
        coalesce(present.college_id, before.college_id) AS college_id,
        coalesce(present.admission_number, before.admission_number) AS admission_number,
        coalesce(present.presence, (SELECT presence FROM locked WHERE locked.registration_id = before.registration_id),
            before.presence) AS presence,
        coalesce(present.guarantee_used,
            (SELECT guarantee_used FROM locked WHERE locked.registration_id = before.registration_id), false)
            AS guarantee_used,
        coalesce(present.fee_standard_id, before.fee_standard_id) AS fee_standard_id,
        coalesce(present.charged_fen, 0) AS charged_fen, coalesce(present.cancelled_fen, 0) AS cancelled_fen,
        coalesce(present.waived_fen, 0) AS waived_fen, coalesce(present.reduced_fen, 0) AS reduced_fen,
        coalesce(present.paid_fen, 0) AS paid_fen,
        coalesce(present.refunded_fen, 0) AS refunded_fen, coalesce(before.due_fen, 0) AS before_fen
    FROM present FULL JOIN before
        ON before.registration_id = present.registration_id AND before.payer = present.payer
    -- That nothing was charged to somebody is no row of its own once something is.
    WHERE NOT (present.registration_id IS NULL AND before.payer = 'none')
)
SELECT :institution_id, :organisation_id, :settlement_id, :edition, it.registration_id, it.payer,
    it.certificate_level_id, it.college_id, it.admission_number, it.presence, it.guarantee_used, it.fee_standard_id,
    standard.fee_fen, it.charged_fen, it.cancelled_fen, it.waived_fen, it.reduced_fen, it.paid_fen, it.refunded_fen,
    it.charged_fen - it.cancelled_fen - it.waived_fen - it.reduced_fen, it.before_fen
FROM both_sides AS it
LEFT JOIN fee_standards AS standard ON standard.institution_id = :institution_id
    AND standard.id = it.fee_standard_id
"""
"""The rows of an edition as the table has its columns; bound to `bound_by` and `:as_of`."""

# Counted by candidate, since a candidate has a row for each payer; the sums are those of the rows.
SUM = text("""
WITH row AS (
    SELECT * FROM settlement_rows
    WHERE institution_id = :institution_id AND settlement_id = :settlement_id AND edition = :edition
)
SELECT count(DISTINCT registration_id) AS candidates,
    count(DISTINCT registration_id) FILTER (WHERE presence = 'attended') AS attended,
    count(DISTINCT registration_id) FILTER (WHERE presence = 'absent') AS absent,
    count(DISTINCT registration_id) FILTER (WHERE presence = 'exempt') AS exempt,
    count(DISTINCT registration_id) FILTER (WHERE guarantee_used) AS guarantees_used,
    coalesce(sum(charged_fen), 0)::bigint AS charged_fen, coalesce(sum(cancelled_fen), 0)::bigint AS cancelled_fen,
    coalesce(sum(waived_fen), 0)::bigint AS waived_fen,
    coalesce(sum(reduced_fen), 0)::bigint AS reduced_fen, coalesce(sum(paid_fen), 0)::bigint AS paid_fen,
    coalesce(sum(refunded_fen), 0)::bigint AS refunded_fen, coalesce(sum(before_fen), 0)::bigint AS before_fen,
    coalesce(sum(due_fen - before_fen), 0)::bigint AS due_fen,
    encode(sha256(convert_to(concat_ws(E'\\n', CAST(:head AS text), string_agg(
        concat_ws('|', registration_id, payer, certificate_level_id, college_id, admission_number, presence,
            guarantee_used, coalesce(fee_standard_id::text, '-'), coalesce(fee_fen::text, '-'),
            charged_fen, cancelled_fen, waived_fen, reduced_fen, paid_fen, refunded_fen, due_fen, before_fen),
        E'\\n' ORDER BY registration_id, payer)), 'UTF8')), 'hex') AS content_hash
FROM row
""")

_CHANGED = text("""
SELECT EXISTS (
    SELECT FROM settlement_rows AS now
    LEFT JOIN settlement_rows AS before ON before.institution_id = now.institution_id
        AND before.settlement_id = :adjusts_id AND before.registration_id = now.registration_id
        AND before.payer = now.payer AND before.edition = (SELECT edition FROM settlements AS agreed
            WHERE agreed.institution_id = :institution_id AND agreed.id = :adjusts_id)
    WHERE now.institution_id = :institution_id AND now.settlement_id = :settlement_id AND now.edition = :edition
        AND (now.due_fen <> now.before_fen OR before.presence IS DISTINCT FROM now.presence
            OR before.guarantee_used IS DISTINCT FROM now.guarantee_used))
""")


def bound_by(settlement: Settlement, edition: int) -> dict[str, Any]:
    """Bind what the rows of an edition are found by."""
    return {
        "institution_id": settlement.institution_id,
        "organisation_id": settlement.organisation_id,
        "exam_plan_id": settlement.exam_plan_id,
        "settlement_id": settlement.id,
        "edition": edition,
        "adjusts_id": settlement.adjusts_id,
    }


def _head(settlement: Settlement, as_of: datetime) -> str:
    """Write what is agreed to beside the rows: of what it is, between whom, and as of when."""
    named = (
        settlement.institution_id,
        settlement.organisation_id,
        settlement.exam_plan_id,
        settlement.number,
        settlement.adjusts_id or "-",
        as_of.astimezone(UTC).isoformat(),
    )
    return "|".join(str(part) for part in named)


async def sum_up(session: AsyncSession, settlement: Settlement, *, edition: int, as_of: datetime) -> dict[str, Any]:
    """Add the rows of an edition up, with the hash over all that they say."""
    found = await session.execute(SUM, bound_by(settlement, edition) | {"head": _head(settlement, as_of)})
    return dict(found.mappings().one())


async def has_changed(session: AsyncSession, settlement: Settlement, *, edition: int) -> bool:
    """Tell whether an edition says anything else than the settlement it adjusts."""
    return bool(await session.scalar(_CHANGED, bound_by(settlement, edition)))

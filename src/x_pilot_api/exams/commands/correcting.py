"""Opening the cases of a push, and writing down what followed: once for one case and for ten thousand.

A step is read off what the deed wrote, not off what it meant to do: the awards as they stand now, the entries the book
took since the persons were locked. What joins later adds a query to `_FOLLOWED`.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Table, Uuid, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, db, staging
from x_pilot_api.core.actors import Actor
from x_pilot_api.exams import rules
from x_pilot_api.exams.commands import telling
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind

STAGED: Table = staging.staging_table(
    "staged_corrections",
    Column("case_id", Uuid),
    Column("registration_id", Uuid),
    Column("corrected_result_id", Uuid),
)

# What is only provisional is not corrected by what follows it; what waited in quarantine never counted.
_BEGIN = text("""
INSERT INTO staged_corrections (case_id, registration_id, corrected_result_id)
SELECT uuidv7(), result.registration_id, result.id
FROM staged_results AS staged
JOIN results AS result ON result.institution_id = :institution_id
    AND result.registration_id = staged.registration_id AND result.standing = 'effective'
WHERE staged.outcome = 'corrected' AND result.grading <> 'provisional'
""")

_NUMBER = text("""
INSERT INTO correction_counters (institution_id, year, cases) VALUES (:institution_id, :year, :cases)
ON CONFLICT (institution_id, year) DO UPDATE SET cases = correction_counters.cases + excluded.cases
RETURNING cases
""")

_OPEN = text("""
INSERT INTO correction_cases (institution_id, id, number, kind, state, organisation_id, registration_id, student_id,
    award_id, result_id, corrected_result_id, batch_id, reason, opened_at, decided_by, decided_at)
SELECT :institution_id, correction.case_id,
    :stem || lpad((:first + row_number() OVER (ORDER BY correction.case_id))::text, 6, '0'), :kind, 'done',
    :organisation_id, correction.registration_id, staged.student_id,
    coalesce(staged.revokes_award_id, CASE WHEN staged.issues THEN staged.award_id END), staged.result_id,
    correction.corrected_result_id, :batch_id, staged.reason, :now, :actor_id, :now
FROM staged_corrections AS correction
JOIN staged_results AS staged ON staged.registration_id = correction.registration_id AND staged.outcome = 'corrected'
""")

_RESULTS = """
SELECT opened.id AS case_id, 1 AS rank, 0 AS place, 'result_changed' AS kind, 'result' AS object_kind,
    opened.result_id AS object_id, {before} AS before, {after} AS after
FROM opened
JOIN results AS former ON former.institution_id = :institution_id AND former.id = opened.corrected_result_id
JOIN results AS present ON present.institution_id = :institution_id AND present.id = opened.result_id
"""

_FIGURES = """jsonb_build_object('revision', {0}.revision, 'activity', {0}.activity, 'grading', {0}.grading,
    'total', to_char({0}.total_hundredths / 100.0, 'FM9990.00'), 'passed', {0}.passed)"""

_AWARDS = """
SELECT opened.id, 2, 0, CASE award.state WHEN 'revoked' THEN 'award_revoked' ELSE 'award_issued' END, 'award', award.id,
    CASE award.state WHEN 'revoked' THEN jsonb_build_object('state', coalesce(earlier.state, 'valid')) END,
    jsonb_build_object('state', award.state, 'number', award.number)
FROM opened
JOIN awards AS award ON award.institution_id = :institution_id AND award.id = opened.award_id
LEFT JOIN LATERAL (
    SELECT state FROM award_changes AS change
    WHERE change.institution_id = :institution_id AND change.award_id = award.id AND change.recorded_at <= :since
    ORDER BY change.recorded_at DESC, change.id DESC LIMIT 1) AS earlier ON true
"""

_GRADE = """jsonb_build_object('course_id', {0}.course_id, 'revision', {0}.revision, 'passed', {0}.passed,
    'is_void', {0}.is_void, 'word', {0}.grade_word, 'score', to_char({0}.score_hundredths / 100.0, 'FM9990.00'))"""

_GRADE_BY_TABLE = """jsonb_build_object('passed', band.passed, 'word', band.grade_word,
    'score', to_char(band.score_hundredths / 100.0, 'FM9990.00'))"""

# Of one student's cases the one about the entry's own certificate has it; what follows indirectly has the first.
_CREDITS = """
SELECT mine.id, 3, row_number() OVER (ORDER BY moved.recorded_at, moved.id)::integer,
    CASE WHEN entry.reverses_id IS NULL THEN 'credits_posted' ELSE 'credits_reversed' END, 'journal_entry', entry.id,
    NULL::jsonb, jsonb_build_object('entry', entry.kind, 'phase', moved.phase, 'student_id', account.student_id,
        'credit', to_char(moved.amount / 100.0 * CASE
            WHEN (moved.credit_account_id = account.ledger_account_id) = (moved.phase <> 'void') THEN 1
            ELSE -1 END, 'FM999999990.00'))
FROM (SELECT DISTINCT student_id FROM opened WHERE student_id IS NOT NULL) AS holder
JOIN credit_accounts AS account ON account.institution_id = :institution_id AND account.student_id = holder.student_id
JOIN transfers AS moved ON moved.institution_id = :institution_id AND moved.recorded_at > :since
    AND account.ledger_account_id IN (moved.debit_account_id, moved.credit_account_id)
JOIN journal_entries AS entry ON entry.institution_id = :institution_id AND entry.id = moved.entry_id
LEFT JOIN learning_outcomes AS outcome ON outcome.institution_id = :institution_id AND outcome.id = entry.source_id
CROSS JOIN LATERAL (
    SELECT opened.id FROM opened WHERE opened.student_id = holder.student_id
    ORDER BY opened.award_id IS NOT DISTINCT FROM outcome.award_id DESC, opened.number LIMIT 1) AS mine
"""

# A conversion that relied on what was lost is in its student's first case.
_CONVERSIONS = """
SELECT mine.id, 4, row_number() OVER (ORDER BY decision.decided_at, decision.id)::integer,
    CASE decision.state WHEN 'lapsed' THEN 'conversion_lapsed' WHEN 'unwound' THEN 'conversion_unwound'
        ELSE 'conversion_flagged' END, 'conversion', conversion.id, NULL::jsonb,
    jsonb_build_object('state', decision.state, 'student_id', conversion.student_id,
        'credit', to_char(conversion.credit_hundredths / 100.0, 'FM999999990.00'))
FROM (SELECT DISTINCT student_id FROM opened WHERE student_id IS NOT NULL) AS holder
JOIN conversions AS conversion ON conversion.institution_id = :institution_id
    AND conversion.student_id = holder.student_id
JOIN conversion_decisions AS decision ON decision.institution_id = :institution_id
    AND decision.conversion_id = conversion.id AND decision.deed = 'lose' AND decision.decided_at > :since
CROSS JOIN LATERAL (
    SELECT opened.id FROM opened WHERE opened.student_id = holder.student_id ORDER BY opened.number LIMIT 1) AS mine
"""

# A certificate that stands, and was earned with an exemption that was unwound here, is for somebody to look at.
_EXEMPTIONS = """
SELECT mine.id, 8, row_number() OVER (ORDER BY decision.decided_at, part.id)::integer, 'award_flagged', 'award',
    award.id, NULL::jsonb, jsonb_build_object('state', award.state, 'conversion_id', part.conversion_id,
        'component', part.component_code, 'share_percent', part.share_percent)
FROM (SELECT DISTINCT student_id FROM opened WHERE student_id IS NOT NULL) AS holder
JOIN conversions AS conversion ON conversion.institution_id = :institution_id
    AND conversion.student_id = holder.student_id
JOIN conversion_decisions AS decision ON decision.institution_id = :institution_id
    AND decision.conversion_id = conversion.id AND decision.deed = 'lose' AND decision.state = 'unwound'
    AND decision.decided_at > :since
JOIN component_offsets AS part ON part.institution_id = :institution_id AND part.conversion_id = conversion.id
JOIN awards AS award ON award.institution_id = :institution_id AND award.student_id = holder.student_id
    AND award.certificate_level_id = part.certificate_level_id AND award.state <> 'revoked'
    AND award.issued_on >= part.granted_on
CROSS JOIN LATERAL (
    SELECT opened.id FROM opened WHERE opened.student_id = holder.student_id ORDER BY opened.number LIMIT 1) AS mine
"""

# A grade that somebody changed is left to them: the step tells theirs, and what the table would have given.
_GRADES = f"""
SELECT opened.id, 5, 0,
    CASE WHEN link.result_id <> opened.result_id THEN 'grade_flagged' WHEN latest.is_void THEN 'grade_voided'
        WHEN latest.revision = 1 THEN 'grade_entered' ELSE 'grade_revised' END, 'course_grade', latest.id,
    CASE WHEN former.id IS NOT NULL THEN {_GRADE.format("former")} END,
    {_GRADE.format("latest")} || CASE WHEN link.result_id = opened.result_id THEN '{{}}'::jsonb
        ELSE jsonb_build_object('by_table', CASE WHEN band.passed IS NOT NULL THEN {_GRADE_BY_TABLE} END) END
FROM opened
JOIN results AS present ON present.institution_id = :institution_id AND present.id = opened.result_id
    AND NOT present.is_held
JOIN joint_grades AS link ON link.institution_id = :institution_id AND link.registration_id = opened.registration_id
JOIN course_grades AS linked ON linked.institution_id = :institution_id AND linked.id = link.grade_id
{rules.LATEST.format("linked")}
LEFT JOIN course_grades AS former ON former.institution_id = :institution_id
    AND former.student_id = latest.student_id AND former.course_id = latest.course_id AND former.term = latest.term
    AND former.attempt = latest.attempt AND former.revision = latest.revision - 1
{
    rules.BAND.format(
        total="present.total_hundredths", joint_exam_id="link.joint_exam_id", counts=rules.COUNTS.format("present")
    )
}
WHERE link.result_id <> opened.result_id OR linked.source_id = opened.result_id
"""

_GUARANTEES = """
SELECT opened.id, 6, event.number::integer, 'guarantee_changed', 'guarantee', event.guarantee_id,
    jsonb_build_object('state', earlier.state, 'absences', earlier.absences),
    jsonb_build_object('state', event.state, 'absences', event.absences, 'deed', event.deed)
FROM opened
JOIN guarantee_events AS event ON event.institution_id = :institution_id
    AND event.registration_id = opened.registration_id AND event.recorded_at > :since
LEFT JOIN guarantee_events AS earlier ON earlier.institution_id = :institution_id
    AND earlier.guarantee_id = event.guarantee_id AND earlier.number = event.number - 1
"""

# A charge on another registration of the student's follows their attempt; it is in their first case.
_CHARGES = """
SELECT mine.id, 7, row_number() OVER (ORDER BY moved.rank, moved.object_id)::integer, moved.kind, moved.object_kind,
    moved.object_id, NULL::jsonb,
    jsonb_build_object('payer', moved.payer, 'amount_fen', moved.amount_fen, 'registration_id', moved.registration_id)
FROM (SELECT DISTINCT student_id FROM opened WHERE student_id IS NOT NULL) AS holder
JOIN (
    SELECT charge.student_id, 1 AS rank, 'charge_cancelled' AS kind, 'charge' AS object_kind, charge.id AS object_id,
        charge.payer, charge.amount_fen, charge.registration_id
    FROM charges AS charge
    JOIN journal_entries AS entry ON entry.institution_id = charge.institution_id
        AND entry.reverses_id = charge.entry_id AND entry.recorded_at > :since
    WHERE charge.institution_id = :institution_id
    UNION ALL
    SELECT charge.student_id, 2, 'charge_refunded', 'charge_refund', refund.id, charge.payer, refund.amount_fen,
        charge.registration_id
    FROM charge_refunds AS refund
    JOIN charges AS charge ON charge.institution_id = refund.institution_id AND charge.id = refund.charge_id
    WHERE refund.institution_id = :institution_id AND refund.recorded_at > :since
    UNION ALL
    SELECT charge.student_id, 3, 'charge_raised', 'charge', charge.id, charge.payer, charge.amount_fen,
        charge.registration_id
    FROM charges AS charge WHERE charge.institution_id = :institution_id AND charge.raised_at > :since
) AS moved ON moved.student_id = holder.student_id
CROSS JOIN LATERAL (
    SELECT opened.id FROM opened WHERE opened.student_id = holder.student_id ORDER BY opened.number LIMIT 1) AS mine
"""

_TOLD = """
SELECT opened.id, 9, 0, 'parties_told', 'organisation', opened.organisation_id, NULL::jsonb,
    jsonb_build_object('event', CAST(:event AS text))
FROM opened
"""

_FOLLOWED = (
    _RESULTS.format(before=_FIGURES.format("former"), after=_FIGURES.format("present")),
    _AWARDS,
    _CREDITS,
    _CONVERSIONS,
    _GRADES,
    _GUARANTEES,
    _CHARGES,
    _EXEMPTIONS,
    _TOLD,
)
"""Each query gives steps of the cases: case, rank among the steps, place within it, kind, object, before, after."""

_WRITE_STEPS = text(f"""
WITH opened AS MATERIALIZED (
    SELECT * FROM correction_cases WHERE institution_id = :institution_id AND id = ANY(CAST(:case_ids AS uuid[])))
INSERT INTO correction_steps (institution_id, case_id, number, kind, object_kind, object_id, before, after)
SELECT :institution_id, case_id, row_number() OVER (PARTITION BY case_id ORDER BY rank, place), kind, object_kind,
    object_id, before, after
FROM ({" UNION ALL ".join(_FOLLOWED)}) AS followed
""")

_NAME_AWARD = text("""
UPDATE correction_cases SET award_id = :award_id WHERE institution_id = :institution_id AND id = :case_id
""")

_CASE_IDS = text("SELECT case_id FROM staged_corrections ORDER BY case_id")


async def note_followed(session: AsyncSession, *, institution_id: UUID) -> datetime:
    """Note which results a push corrects, before it does; from the instant given on all that is written is its own.

    The persons are locked, so nobody else moves their credits until the transaction ends.
    """
    await staging.empty(session, STAGED)
    await session.execute(_BEGIN, {"institution_id": institution_id})
    return await now_in_the_book(session)


async def now_in_the_book(session: AsyncSession) -> datetime:
    """Tell the instant by the database's clock, which stamps what is written."""
    return (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()


async def take_numbers(session: AsyncSession, *, institution_id: UUID, cases: int) -> tuple[str, int]:
    """Take numbers for cases: what they begin with, and the number before the first; nobody gets one twice."""
    year = clock.now().year
    values = {"institution_id": institution_id, "year": year, "cases": cases}
    last = int((await session.execute(_NUMBER, values)).scalar_one())
    return f"C-{year}-", last - cases


async def open_cases(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    organisation_id: UUID,
    batch_id: UUID,
    kind: str,
    since: datetime,
) -> list[UUID]:
    """Open one case for each result that a push corrected, with everything that followed from it."""
    ids = list((await session.scalars(_CASE_IDS)).all())
    if not ids:
        return []
    stem, first = await take_numbers(session, institution_id=institution_id, cases=len(ids))
    values = {
        "institution_id": institution_id,
        "organisation_id": organisation_id,
        "batch_id": batch_id,
        "kind": kind,
        "stem": stem,
        "first": first,
        "now": clock.now(),
        "actor_id": actor.id,
    }
    await db.write(session, _OPEN, values)
    await tell(
        session,
        actor,
        institution_id=institution_id,
        organisation_id=organisation_id,
        case_ids=ids,
        object_kind="result_batch",
        object_id=batch_id,
    )
    await write_steps(session, institution_id=institution_id, case_ids=ids, since=since)
    await audit.record(
        session,
        actor,
        "open_corrections",
        institution_id=institution_id,
        object_kind="result_batch",
        object_id=batch_id,
        detail={"cases": len(ids), "from": f"{stem}{first + 1:06d}"},
    )
    return ids


async def name_award(session: AsyncSession, *, institution_id: UUID, case_id: UUID, award_id: UUID) -> None:
    """Say which certificate a case issued."""
    await session.execute(_NAME_AWARD, {"institution_id": institution_id, "case_id": case_id, "award_id": award_id})


async def write_steps(session: AsyncSession, *, institution_id: UUID, case_ids: list[UUID], since: datetime) -> None:
    """Write down what followed from cases, each step in the order of cause and effect."""
    values = {
        "institution_id": institution_id,
        "case_ids": case_ids,
        "since": since,
        "event": EventKind.CORRECTIONS_DONE.value,
    }
    await session.execute(_WRITE_STEPS, values)


async def tell(
    session: AsyncSession,
    actor: Actor,
    *,
    institution_id: UUID,
    organisation_id: UUID,
    case_ids: list[UUID],
    object_kind: str,
    object_id: UUID,
) -> None:
    """Tell everyone concerned: the organisation by an event, the students by a message."""
    await telling.tell_of_cases(session, institution_id=institution_id, case_ids=case_ids)
    await outbox.announce(
        session,
        actor,
        institution_id=institution_id,
        organisation_id=organisation_id,
        kind=EventKind.CORRECTIONS_DONE,
        object_kind=object_kind,
        object_id=object_id,
        data={"cases": len(case_ids)},
    )

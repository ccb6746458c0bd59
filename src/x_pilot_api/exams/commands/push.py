"""Taking in a batch of results: every row decided, certificates issued, credits deposited, in one transaction.

Whatever the number of rows, the number of statements is the same; the same ones serve a single row.
"""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import commands as awards
from x_pilot_api.core import audit, clock, db, metrics, staging
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.row_security import act_for
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.credits import commands as credits_
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.commands import correcting, gathering, guaranteeing, joining, placing, telling
from x_pilot_api.exams.commands.pushed import Bounds, Push
from x_pilot_api.exams.errors import BatchRefused, BatchTooLarge, ExamNotHeld
from x_pilot_api.exams.models import BatchState, ResultBatch, RowOutcome
from x_pilot_api.exams.schemas import CorrectionWholeOut, DownstreamOut, ResultBatchOut, RowOutcomeOut
from x_pilot_api.identity.models import Institution
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.commands import Announcement
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.registry import queries as registry
from x_pilot_api.tallies import commands as tallies

_REFUSALS_SHOWN_MAX = 10_000
_CASES_SHOWN_MAX = 1_000
_PUSHED_ROWS = metrics.counter("pushed_rows", "Rows of result batches that were kept, by outcome", ["outcome"])

_COUNTS = text("""
SELECT outcome, code, count(*) AS rows, count(*) FILTER (WHERE issues) AS awards,
    count(*) FILTER (WHERE is_held) AS held, count(revokes_award_id) AS losses,
    count(*) FILTER (WHERE issues AND student_id IS NOT NULL) AS students
FROM staged_results GROUP BY outcome, code
""")

_ROWS = text("""
SELECT row_number, org_result_id, outcome, code, field, figures, result_id FROM staged_results
WHERE outcome IN ('rejected', 'quarantined') OR :everything ORDER BY row_number LIMIT :size
""")

_AWARDS_LOST = """SELECT revokes_award_id AS award_id, coalesce(reason, 'result corrected') AS reason
FROM staged_results WHERE revokes_award_id IS NOT NULL"""

_LOST_IDS = "SELECT revokes_award_id FROM staged_results WHERE revokes_award_id IS NOT NULL"
_AWARDS_EARNED = f"""
SELECT award_id, identity_document_id, student_id, holder_name, certificate_level_id,
    certificate_number AS number, {rules.OUR_NUMBER} AS fallback, DATE '{{earned_on}}' AS issued_on
FROM staged_results WHERE issues
"""

_OUTCOMES_EARNED = """
SELECT uuidv7() AS outcome_id, student_id, award_id, certificate_level_id, DATE '{earned_on}' AS earned_on,
    CAST({due_at} AS timestamptz) AS due_at, 0 AS deposits
FROM staged_results WHERE issues AND student_id IS NOT NULL
"""

# A newer revision follows the one in effect and one that still waited; a doubtful one only the latter.
_SUPERSEDE = text("""
UPDATE results SET standing = 'superseded', superseded_at = :now
FROM staged_results AS staged
WHERE results.institution_id = :institution_id AND results.organisation_id = :organisation_id
    AND results.org_result_id = staged.org_result_id AND (
        (staged.is_new AND results.standing = 'quarantined')
        OR ((staged.is_new OR staged.is_released) AND results.standing = 'effective' AND staged.outcome = 'corrected'))
""")

_RELEASE = text("""
UPDATE results SET standing = 'effective', award_id = staged.award_id, is_held = staged.is_held
FROM staged_results AS staged
WHERE results.institution_id = :institution_id AND results.id = staged.result_id AND staged.is_released
""")

_WRITE_RESULTS = text("""
INSERT INTO results (institution_id, id, organisation_id, registration_id, org_result_id, revision, activity, grading,
    components, total_hundredths, passed, claimed_total_hundredths, claimed_passed, certificate_number, reason,
    standing, quarantine_code, award_id, is_held, batch_id)
SELECT :institution_id, result_id, :organisation_id, registration_id, org_result_id, revision, activity, grading,
    components, total_hundredths, passed, claimed_total_hundredths, claimed_passed, certificate_number, reason,
    CASE outcome WHEN 'quarantined' THEN 'quarantined' ELSE 'effective' END, code,
    CASE WHEN outcome <> 'quarantined' THEN award_id END, is_held, :batch_id
FROM staged_results WHERE is_new ORDER BY result_id
""")

_WRITE_ROWS = text("""
INSERT INTO result_rows (institution_id, batch_id, row_number, org_result_id, outcome, code, field, figures, result_id)
SELECT :institution_id, :batch_id, row_number, org_result_id, outcome, code, field, figures, result_id
FROM staged_results ORDER BY row_number
""")

_PERSONS = """
SELECT candidate.identity_document_id FROM registrations AS registration
JOIN candidates AS candidate ON candidate.institution_id = registration.institution_id
    AND candidate.id = registration.candidate_id
WHERE registration.institution_id = :institution_id AND registration.exam_plan_id = :exam_plan_id
    AND registration.admission_number = ANY(CAST(:admission_number AS text[]))
"""


async def push_results(session: AsyncSession, actor: Actor, *, push: Push, bounds: Bounds) -> ResultBatchOut:
    """Take in a batch; with `validate_only` all is done for real and then taken back."""
    refuse_early(push, bounds)
    await act_for(session, actor, institution_id=push.plan.institution_id)
    if not push.validate_only:
        taken = await _take(session, actor, push=push, bounds=bounds)
        metrics.after_commit(session, partial(_count, taken))
        return taken
    async with db.rehearsal(session):
        batch = await _take(session, actor, push=push, bounds=bounds)
        outcomes = await row_outcomes(session, push, everything=True)
        cases = await _cases(session, actor, push=push, batch=batch)
    changes = {"id": None, "received_at": None, "row_outcomes_url": None}
    return batch.model_copy(update={**changes, "row_outcomes": outcomes, "corrections": cases})


async def _cases(session: AsyncSession, actor: Actor, *, push: Push, batch: ResultBatchOut) -> list[CorrectionWholeOut]:
    """Tell the chain of each correction that a rehearsed batch would make; its ids and numbers are not given yet."""
    assert batch.id is not None  # noqa: S101 - a batch has its id while it is rehearsed
    cases = await queries.list_cases_of_batch(
        session, actor, institution_id=push.plan.institution_id, batch_id=batch.id, size=_CASES_SHOWN_MAX
    )
    unknown = {"id": None, "number": None, "batch_id": None}
    return [case.model_copy(update={"correction": case.correction.model_copy(update=unknown)}) for case in cases]


def _count(batch: ResultBatchOut) -> None:
    for outcome in RowOutcome:
        _PUSHED_ROWS.labels(outcome).inc(getattr(batch, outcome))


def refuse_early(push: Push, bounds: Bounds) -> None:
    """Refuse what no row can change."""
    rules.check_running(push.plan)
    if push.size > bounds.rows_max:
        raise BatchTooLarge(rows=push.size, limit_rows=bounds.rows_max)
    today = clock.today(bounds.timezone)
    if push.plan.exam_on > today:
        raise ExamNotHeld(exam_on=push.plan.exam_on.isoformat(), today=today.isoformat())


async def _take(session: AsyncSession, actor: Actor, *, push: Push, bounds: Bounds) -> ResultBatchOut:
    batch_id = push.batch_id
    values: dict[str, Any] = {
        "institution_id": push.plan.institution_id,
        "exam_plan_id": push.plan.id,
        "organisation_id": push.plan.organisation_id,
        "batch_id": batch_id,
    }
    place = await placing.lock_place(session, push.plan)
    counts = await _gather(session, push=push, bounds=bounds, values=values | {"holds": place.holds})
    if push.atomic:
        await _refuse_unless_clean(session, counts, push=push)
    outcomes = _sum_by(counts, "outcome")
    corrects, own = RowOutcome.CORRECTED in outcomes, push.plan.institution_id
    since = await correcting.note_followed(session, institution_id=own) if corrects else None
    downstream = await _set_off(session, actor, push=push, counts=counts, batch_id=batch_id)
    await _write(session, actor, push=push, bounds=bounds, values=values, counts=counts)
    if place.is_joint:
        downstream = downstream.model_copy(update=await _join(session, actor, push=push))
    if corrects or RowOutcome.ACCEPTED in outcomes:
        await guaranteeing.follow_results(session, actor, plan=push.plan, batch_id=batch_id)
    if since is not None:
        await _open_cases(session, actor, push=push, since=since)
    if corrects or RowOutcome.ACCEPTED in outcomes:
        await telling.tell_students(session, plan=push.plan)
    batch = _described(push, counts, downstream, batch_id)
    numbers = batch.model_dump(mode="json", include=_COUNTED)
    kept = await session.execute(
        update(ResultBatch)
        .where(ResultBatch.institution_id == push.plan.institution_id, ResultBatch.id == batch_id)
        .values(counts=numbers)
        .returning(ResultBatch.received_at)
    )
    await audit.record(
        session,
        actor,
        "push_results",
        institution_id=push.plan.institution_id,
        object_kind="result_batch",
        object_id=batch_id,
        detail=numbers | {"client_key_id": str(push.signature.client_key_id) if push.signature else None},
    )
    await _tell(session, actor, push=push, batch=batch, batch_id=batch_id)
    return batch.model_copy(update={"received_at": kept.scalar_one()})


async def _join(session: AsyncSession, actor: Actor, *, push: Push) -> dict[str, int]:
    """Let course grades follow; count them."""
    joined = await joining.follow_results(
        session,
        actor,
        institution_id=push.plan.institution_id,
        exam_plan_id=push.plan.id,
        source=joining.PUSHED,
        cause=push.batch_id,
    )
    return joined.counted


async def _open_cases(session: AsyncSession, actor: Actor, *, push: Push, since: datetime) -> None:
    place = {"institution_id": push.plan.institution_id, "organisation_id": push.plan.organisation_id}
    await correcting.open_cases(session, actor, **place, batch_id=push.batch_id, kind=push.corrects_as, since=since)


async def _tell(session: AsyncSession, actor: Actor, *, push: Push, batch: ResultBatchOut, batch_id: UUID) -> None:
    """Tell the organisation in one statement what its batch became, and what certificates came and went by it."""
    done, effects = {"exam_plan_id": push.plan.id}, batch.downstream
    told = [(EventKind.RESULT_BATCH_TAKEN_IN, done | batch.model_dump(include=TOLD))]
    if effects.awards_issued:
        told.append((EventKind.AWARDS_ISSUED, done | {"awards": effects.awards_issued}))
    if effects.awards_revoked:
        told.append((EventKind.AWARDS_REVOKED, done | {"awards": effects.awards_revoked}))
    await outbox.announce_each(
        session,
        actor,
        institution_id=push.plan.institution_id,
        told=[Announcement(push.plan.organisation_id, kind, "result_batch", batch_id, data) for kind, data in told],
    )


TOLD = {"rows", "accepted", "unchanged", "corrected", "quarantined", "rejected"}
_COUNTED = {"accepted", "unchanged", "corrected", "quarantined", "rejected", "codes", "downstream"}


async def _gather(session: AsyncSession, *, push: Push, bounds: Bounds, values: dict[str, Any]) -> list[Any]:
    """Lock the persons concerned, stage the rows with their outcomes, and count them."""
    if push.released:
        columns = await gathering.columns_of_kept(
            session, institution_id=push.plan.institution_id, result_ids=push.released, change=push.change
        )
    else:
        columns = gathering.columns_of(push.rows, bounds.sealer, numbers=push.numbers)
    await registry.lock_persons(
        session,
        documents=_PERSONS,
        values={key: values[key] for key in ("institution_id", "exam_plan_id")}
        | {"admission_number": columns["admission_number"]},
    )
    await staging.empty(session, gathering.STAGED)
    bound = {key: value for key, value in values.items() if key != "batch_id"} | {
        "timezone": bounds.timezone,
        "releases": bool(push.released),
    }
    await session.execute(gathering.STAGE, bound | columns)
    return list((await session.execute(_COUNTS)).all())


async def _refuse_unless_clean(session: AsyncSession, counts: list[Any], *, push: Push) -> None:
    by_outcome = _sum_by(counts, "outcome")
    rejected, quarantined = by_outcome.get(RowOutcome.REJECTED, 0), by_outcome.get(RowOutcome.QUARANTINED, 0)
    if not rejected + quarantined:
        return
    outcomes = await row_outcomes(session, push, everything=False)
    faults: list[Fault] = [
        {"row": found.row, "column": found.column or "", "code": found.code or "", "detail": found.detail or ""}
        for found in outcomes
    ]
    raise BatchRefused(rows=push.size, rejected=rejected, quarantined=quarantined, faults=faults)


async def _set_off(
    session: AsyncSession, actor: Actor, *, push: Push, counts: list[Any], batch_id: UUID
) -> DownstreamOut:
    """Revoke what was lost, issue what was earned, and let credits follow."""
    institution_id = push.plan.institution_id
    losses = sum(row.losses for row in counts)
    earned = sum(row.awards for row in counts)
    revoked = issued = 0
    lost = gained = credits_.Moved()
    if losses:
        revoked = await awards.revoke_awards(
            session, actor, institution_id=institution_id, wishes=_AWARDS_LOST, cause=batch_id
        )
        lost = await credits_.withdraw_awards(
            session, actor, institution_id=institution_id, awards=_LOST_IDS, cause=batch_id
        )
    if earned:
        wishes = _AWARDS_EARNED.format(earned_on=push.plan.exam_on.isoformat())
        issued = await awards.issue_awards(session, actor, institution_id=institution_id, wishes=wishes, cause=batch_id)
    if sum(row.students for row in counts):
        wishes = _OUTCOMES_EARNED.format(
            earned_on=push.plan.exam_on.isoformat(),
            due_at=f"'{push.plan.objections_until.isoformat()}'" if push.plan.objections_until else "NULL",
        )
        gained = await credits_.recognise_awards(
            session, actor, institution_id=institution_id, wishes=wishes, cause=batch_id
        )
    return DownstreamOut(
        awards_issued=issued,
        awards_revoked=revoked,
        results_held=sum(row.held for row in counts),
        deposits_posted=lost.posted + gained.posted,
        deposits_pending=lost.pending + gained.pending,
        deposits_reversed=lost.reversed + gained.reversed,
        credit_deposited=sum(moved.credit_posted + moved.credit_pending for moved in (lost, gained)),
        outcomes=gained.outcomes,
        **joining.Joined().counted,
    )


async def _write(
    session: AsyncSession,
    actor: Actor,
    *,
    push: Push,
    bounds: Bounds,
    values: dict[str, Any],
    counts: list[Any],
) -> None:
    """Keep the batch with its bytes, the new revisions, and each row's outcome."""
    if not push.is_laid_down:
        await keep_batch(session, push=push, caller=actor, sealer=bounds.sealer)
    bound = {key: values[key] for key in ("institution_id", "organisation_id")}
    institution_id: UUID = values["institution_id"]
    outcomes = _sum_by(counts, "outcome")
    if outcomes.get(RowOutcome.CORRECTED) or push.released:
        await tallies.take_away(session, rules.RESULTS, institution_id=institution_id, rows=rules.EXAMINED_NOW)
    if outcomes.get(RowOutcome.CORRECTED) or outcomes.get(RowOutcome.QUARANTINED):
        await session.execute(_SUPERSEDE, bound | {"now": clock.now()})
    if push.released:
        await session.execute(_RELEASE, bound)
    await session.execute(_WRITE_RESULTS, bound | {"batch_id": values["batch_id"]})
    if outcomes.get(RowOutcome.CORRECTED) or outcomes.get(RowOutcome.ACCEPTED):
        await tallies.add(session, rules.RESULTS, institution_id=institution_id, rows=rules.EXAMINED_NOW)
    await session.execute(_WRITE_ROWS, {"institution_id": values["institution_id"], "batch_id": values["batch_id"]})


async def keep_batch(
    session: AsyncSession, *, push: Push, caller: Actor, sealer: Sealer, job_id: UUID | None = None
) -> None:
    """Keep a batch with the bytes it came in, before or while it is taken in."""
    institution_id = push.plan.institution_id
    await session.execute(
        insert(ResultBatch).values(
            institution_id=institution_id,
            id=push.batch_id,
            exam_plan_id=push.plan.id,
            organisation_id=push.plan.organisation_id,
            caller_id=push.asked_by or caller.id,
            confirmed_by=caller.id if push.asked_by else None,
            is_test=select(Institution.is_test).where(Institution.id == institution_id).scalar_subquery(),
            machine_client_id=caller.id if caller.kind == ActorKind.MACHINE else None,
            sealed_body=sealer.seal(push.body, context="result_batches"),
            key_id=sealer.key_id,
            signature=push.signature.value if push.signature else None,
            signature_base=push.signature.base if push.signature else None,
            client_key_id=push.signature.client_key_id if push.signature else None,
            file_kind=push.file_kind,
            headers=dict(push.headers),
            row_count=push.size,
            counts={},
            job_id=job_id,
        )
    )


async def row_outcomes(session: AsyncSession, push: Push, *, everything: bool) -> list[RowOutcomeOut]:
    """Tell what became of the rows that are staged: of all, or of those that were not taken."""
    rows = await session.execute(_ROWS, {"everything": everything, "size": _REFUSALS_SHOWN_MAX})
    return [queries.row_outcome(row, push.headers) for row in rows.all()]


def _sum_by(counts: list[Any], column: str) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in counts:
        key: str | None = getattr(row, column)
        if key is not None:
            sums[key] = sums.get(key, 0) + int(row.rows)
    return sums


def _described(push: Push, counts: list[Any], downstream: DownstreamOut, batch_id: UUID) -> ResultBatchOut:
    outcomes = _sum_by(counts, "outcome")
    return ResultBatchOut(
        id=batch_id,
        exam_plan_id=push.plan.id,
        institution_id=push.plan.institution_id,
        rows=push.size,
        accepted=outcomes.get(RowOutcome.ACCEPTED, 0),
        unchanged=outcomes.get(RowOutcome.UNCHANGED, 0),
        corrected=outcomes.get(RowOutcome.CORRECTED, 0),
        quarantined=outcomes.get(RowOutcome.QUARANTINED, 0),
        rejected=outcomes.get(RowOutcome.REJECTED, 0),
        codes=_sum_by(counts, "code"),
        downstream=downstream,
        state=BatchState.TAKEN_IN,
        job_id=None,
        received_at=None,
        row_outcomes=None,
        corrections=None,
        row_outcomes_url=f"/v1/partner/result-batches/{batch_id}/rows",
    )

"""Reading what became of pushed rows."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, languages, lookups, quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import (
    BatchState,
    Candidate,
    ExamPlan,
    Registration,
    Result,
    ResultBatch,
    ResultVisibility,
    RowOutcome,
    Standing,
)
from x_pilot_api.exams.schemas import (
    DownstreamOut,
    ResultBatchOut,
    ResultOut,
    RowOutcomeOut,
    VisibleResultOut,
)
from x_pilot_api.registry import queries as registry

_ROW_OUTCOMES = text("""
SELECT row_number, org_result_id, outcome, code, field, figures, result_id FROM result_rows
WHERE institution_id = :institution_id AND batch_id = :batch_id AND row_number > :after
    AND (CAST(:outcome AS text) IS NULL OR outcome = :outcome)
ORDER BY row_number LIMIT :size
""")


def results_visible_to(actor: Actor) -> Select[Result]:
    """Select the results an actor may see now: an organisation its own, an office all that its institution received.

    Colleges and students see what is in effect, and only from the instants that the plan's office has set for them; so
    does whoever asks for results on their behalf.
    """
    if actor.organisation_id is not None:
        return select(Result).where(Result.organisation_id == actor.organisation_id)
    if actor.institution_id is None:
        return select(Result).where(false())
    own = select(Result).where(Result.institution_id == actor.institution_id)
    if not (actor.college_ids or actor.programme_ids or actor.student_id):
        return own
    students = registry.visible_students(actor).subquery()
    is_theirs = Candidate.student_id.in_(select(students.c.id))
    if actor.college_ids:
        is_theirs = or_(is_theirs, and_(Candidate.student_id.is_(None), Registration.college_id.in_(actor.college_ids)))
    seen_from = ResultVisibility.student_from if actor.student_id else ResultVisibility.college_from
    return (
        own.join(
            Registration,
            and_(Registration.institution_id == Result.institution_id, Registration.id == Result.registration_id),
        )
        .join(
            Candidate,
            and_(Candidate.institution_id == Result.institution_id, Candidate.id == Registration.candidate_id),
        )
        .join(
            ResultVisibility,
            and_(
                ResultVisibility.institution_id == Registration.institution_id,
                ResultVisibility.exam_plan_id == Registration.exam_plan_id,
            ),
            isouter=True,
        )
        .where(
            is_theirs,
            Result.standing == Standing.EFFECTIVE,
            or_(seen_from.is_(None), seen_from <= clock.now()),
        )
    )


async def list_visible(
    session: AsyncSession, actor: Actor, *, exam_plan_id: UUID | None, student_id: UUID | None, wish: PageWish
) -> tuple[list[VisibleResultOut], str | None]:
    """List the results in effect that an actor may see, oldest first."""
    statement = results_visible_to(actor).where(Result.standing == Standing.EFFECTIVE)
    # Uncorrelated: what the statement joins already must not be taken for what is asked here.
    if exam_plan_id is not None:
        of_plan = select(Registration.id).where(Registration.exam_plan_id == exam_plan_id).correlate(None)
        statement = statement.where(Result.registration_id.in_(of_plan))
    if student_id is not None:
        candidates = select(Candidate.id).where(Candidate.student_id == student_id).correlate(None)
        of_student = select(Registration.id).where(Registration.candidate_id.in_(candidates)).correlate(None)
        statement = statement.where(Result.registration_id.in_(of_student))
    rows, token = await page_of(session, statement, order=(Result.id,), wish=wish)
    return await _visible(session, rows), token


async def _visible(session: AsyncSession, rows: Sequence[Result]) -> list[VisibleResultOut]:
    found = await session.execute(
        select(
            Registration.id,
            Registration.exam_plan_id,
            Registration.certificate_level_id,
            Registration.admission_number,
            Candidate.student_id,
        )
        .join(
            Candidate,
            and_(Candidate.institution_id == Registration.institution_id, Candidate.id == Registration.candidate_id),
        )
        .where(
            Registration.institution_id.in_({row.institution_id for row in rows}),
            Registration.id.in_({row.registration_id for row in rows}),
        )
    )
    registered = {row.id: row for row in found.all()}
    return [
        VisibleResultOut(
            id=row.id,
            exam_plan_id=registered[row.registration_id].exam_plan_id,
            certificate_level_id=registered[row.registration_id].certificate_level_id,
            student_id=registered[row.registration_id].student_id,
            admission_number=registered[row.registration_id].admission_number or "",
            revision=row.revision,
            activity=row.activity,
            grading=row.grading,
            components=row.components,
            total=row.total_hundredths,
            passed=row.passed,
            reason=row.reason,
            award_id=row.award_id,
            recorded_at=row.recorded_at,
        )
        for row in rows
    ]


def batches_visible_to(actor: Actor) -> Select[ResultBatch]:
    """Select the batches an organisation pushed."""
    if actor.organisation_id is None:
        return select(ResultBatch).where(false())
    batches = select(ResultBatch).where(ResultBatch.organisation_id == actor.organisation_id)
    return batches if actor.is_test is None else batches.where(ResultBatch.is_test == actor.is_test)


async def get_batch(session: AsyncSession, actor: Actor, batch_id: UUID) -> ResultBatch:
    """Read one batch the actor's organisation pushed."""
    return await lookups.get_one(
        session, batches_visible_to(actor).where(ResultBatch.id == batch_id), what="result batch", zh="成绩批次"
    )


async def get_own_batch(
    session: AsyncSession, *, institution_id: UUID, batch_id: UUID, lock: bool = False
) -> ResultBatch:
    """Read a batch that we ourselves have named, locked when it is to be taken in."""
    statement = select(ResultBatch).where(ResultBatch.institution_id == institution_id, ResultBatch.id == batch_id)
    if lock:
        statement = statement.with_for_update()
    return (await session.scalars(statement, execution_options={"populate_existing": True})).one()


async def find_result(session: AsyncSession, plan: ExamPlan, *, result_id: UUID) -> Result:
    """Read one revision of a result by its id."""
    statement = select(Result).where(Result.institution_id == plan.institution_id, Result.id == result_id)
    return (await session.scalars(statement)).one()


def _revisions(plan: ExamPlan, org_result_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Result.institution_id == plan.institution_id,
        Result.organisation_id == plan.organisation_id,
        Result.org_result_id == org_result_id,
    )


async def count_revisions(session: AsyncSession, plan: ExamPlan, *, org_result_id: str) -> int:
    """Count the revisions there are of a result."""
    counted = select(func.count()).select_from(Result).where(*_revisions(plan, org_result_id))
    return (await session.execute(counted)).scalar_one()


async def get_latest(session: AsyncSession, actor: Actor, plan: ExamPlan, *, org_result_id: str) -> Result:
    """Read the latest revision of a result of a plan."""
    await act_for(session, actor, institution_id=plan.institution_id)
    statement = (
        select(Result)
        .join(
            Registration,
            and_(Registration.institution_id == Result.institution_id, Registration.id == Result.registration_id),
        )
        .where(*_revisions(plan, org_result_id), Registration.exam_plan_id == plan.id)
        .order_by(Result.revision.desc())
        .limit(1)
    )
    return await lookups.get_one(session, statement, what="result", zh="成绩")


def describe_result(result: Result, plan: ExamPlan) -> ResultOut:
    """Tell one revision of a result."""
    return ResultOut(
        id=result.id,
        exam_plan_id=plan.id,
        institution_id=result.institution_id,
        org_result_id=result.org_result_id,
        revision=result.revision,
        activity=result.activity,
        grading=result.grading,
        components=result.components,
        total=result.total_hundredths,
        passed=result.passed,
        claimed_total=result.claimed_total_hundredths,
        claimed_passed=result.claimed_passed,
        certificate_number=result.certificate_number,
        reason=result.reason,
        standing=Standing(result.standing),
        quarantine_code=result.quarantine_code,
        batch_id=result.batch_id,
        recorded_at=result.recorded_at,
        superseded_at=result.superseded_at,
    )


def describe_batch(batch: ResultBatch) -> ResultBatchOut:
    """Tell a stored batch in numbers."""
    counts = dict(batch.counts) if "downstream" in batch.counts else _nothing_yet()
    downstream = dict(counts.pop("downstream"))
    deposited = quantities.parse_hundredths(downstream.pop("credit_deposited"))
    return ResultBatchOut(
        id=batch.id,
        exam_plan_id=batch.exam_plan_id,
        institution_id=batch.institution_id,
        rows=batch.row_count,
        downstream=DownstreamOut.model_validate(rules.SINCE | downstream | {"credit_deposited": deposited}),
        state=_state_of(batch),
        job_id=batch.job_id,
        received_at=batch.received_at,
        row_outcomes=None,
        corrections=None,
        row_outcomes_url=f"/v1/partner/result-batches/{batch.id}/rows",
        **counts,
    )


def _state_of(batch: ResultBatch) -> BatchState:
    if "downstream" in batch.counts:
        return BatchState.TAKEN_IN
    return BatchState.REFUSED if batch.counts else BatchState.QUEUED


def _nothing_yet() -> dict[str, Any]:
    """Count nothing, of a batch that was not taken in."""
    nothing: dict[str, Any] = dict.fromkeys(DownstreamOut.model_fields, 0)
    nothing |= {"credit_deposited": "0.00", "outcomes": {}}
    return {**dict.fromkeys(RowOutcome, 0), "codes": {}, "downstream": nothing}


async def list_row_outcomes(
    session: AsyncSession, actor: Actor, batch: ResultBatch, *, outcome: str | None, after: int, size: int
) -> list[RowOutcomeOut]:
    """List what became of a batch's rows, in the file's order."""
    await act_for(session, actor, institution_id=batch.institution_id)
    rows = await session.execute(
        _ROW_OUTCOMES,
        {
            "institution_id": batch.institution_id,
            "batch_id": batch.id,
            "outcome": outcome,
            "after": after,
            "size": size,
        },
    )
    return [row_outcome(row, batch.headers) for row in rows.all()]


def row_outcome(row: Row[*tuple[Any, ...]], headers: Mapping[str, str]) -> RowOutcomeOut:
    """Tell one row's outcome, its code in words and its column as the file calls it."""
    return RowOutcomeOut(
        row=row.row_number,
        org_result_id=row.org_result_id,
        outcome=row.outcome,
        code=row.code,
        column=rules.said_by_file(row.field, headers, row.figures),
        detail=rules.explain(row.code, row.figures, language=languages.spoken()),
        result_id=row.result_id,
    )

"""Reading what became of pushed rows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import languages, quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import BatchState, ExamPlan, Registration, Result, ResultBatch, RowOutcome, Standing
from x_pilot_api.exams.schemas import (
    DownstreamOut,
    ResultBatchOut,
    ResultOut,
    RowOutcomeOut,
)

_ROW_OUTCOMES = text("""
SELECT row_number, org_result_id, outcome, code, field, figures, result_id FROM result_rows
WHERE institution_id = :institution_id AND batch_id = :batch_id AND row_number > :after
    AND (CAST(:outcome AS text) IS NULL OR outcome = :outcome)
ORDER BY row_number LIMIT :size
""")


def batches_visible_to(actor: Actor) -> Select[ResultBatch]:
    """Select the batches an organisation pushed."""
    if actor.organisation_id is None:
        return select(ResultBatch).where(false())
    batches = select(ResultBatch).where(ResultBatch.organisation_id == actor.organisation_id)
    return batches if actor.is_test is None else batches.where(ResultBatch.is_test == actor.is_test)


async def get_batch(session: AsyncSession, actor: Actor, batch_id: UUID) -> ResultBatch:
    """Read one batch the actor's organisation pushed."""
    batch = (await session.scalars(batches_visible_to(actor).where(ResultBatch.id == batch_id))).one_or_none()
    if batch is None:
        raise NotFound(what="result batch", zh="成绩批次")
    return batch


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
    found = (await session.scalars(statement)).one_or_none()
    if found is None:
        raise NotFound(what="result", zh="成绩")
    return found


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
        downstream=DownstreamOut(**downstream, credit_deposited=deposited),
        state=_state_of(batch),
        job_id=batch.job_id,
        received_at=batch.received_at,
        row_outcomes=None,
        row_outcomes_url=f"/v1/partner/result-batches/{batch.id}/rows",
        **counts,
    )


def _state_of(batch: ResultBatch) -> BatchState:
    if "downstream" in batch.counts:
        return BatchState.TAKEN_IN
    return BatchState.REFUSED if batch.counts else BatchState.QUEUED


def _nothing_yet() -> dict[str, Any]:
    """Count nothing, of a batch that was not taken in."""
    moved = ("awards_issued", "awards_revoked", "deposits_posted", "deposits_pending", "deposits_reversed")
    nothing: dict[str, Any] = {**dict.fromkeys(moved, 0), "credit_deposited": "0.00", "outcomes": {}}
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

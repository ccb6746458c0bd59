"""Reading what became of pushed rows."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, false, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import languages, quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import ResultBatch
from x_pilot_api.exams.schemas import (
    DownstreamOut,
    ResultBatchOut,
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


def describe_batch(batch: ResultBatch) -> ResultBatchOut:
    """Tell a stored batch in numbers."""
    counts = dict(batch.counts)
    downstream = dict(counts.pop("downstream"))
    deposited = quantities.parse_hundredths(downstream.pop("credit_deposited"))
    return ResultBatchOut(
        id=batch.id,
        exam_plan_id=batch.exam_plan_id,
        institution_id=batch.institution_id,
        rows=batch.row_count,
        downstream=DownstreamOut(**downstream, credit_deposited=deposited),
        received_at=batch.received_at,
        row_outcomes=None,
        row_outcomes_url=f"/v1/partner/result-batches/{batch.id}/rows",
        **counts,
    )


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
    return [row_outcome(row) for row in rows.all()]


def row_outcome(row: Row[*tuple[Any, ...]]) -> RowOutcomeOut:
    """Tell one row's outcome, its code in words."""
    return RowOutcomeOut(
        row=row.row_number,
        org_result_id=row.org_result_id,
        outcome=row.outcome,
        code=row.code,
        column=row.field,
        detail=rules.explain(row.code, row.figures, language=languages.spoken()),
        result_id=row.result_id,
    )

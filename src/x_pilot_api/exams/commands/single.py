"""Taking in one result by its own address: the same statements as for a batch, and a refusal instead of an outcome."""

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands import push as pushing
from x_pilot_api.exams.commands.push import Bounds, Push
from x_pilot_api.exams.errors import ResultRefused
from x_pilot_api.exams.models import RowOutcome
from x_pilot_api.exams.schemas import Put, PutResultOut, RowOutcomeOut


async def put_result(session: AsyncSession, actor: Actor, *, push: Push, bounds: Bounds) -> Put:
    """Take in one result; what a batch would reject is refused, and nothing of it is kept."""
    batch = await pushing.push_results(session, actor, push=push, bounds=bounds)
    (row,) = await pushing.row_outcomes(session, push, everything=True)
    if row.outcome == RowOutcome.REJECTED or row.result_id is None:
        raise refusal_of(row)
    result = await queries.find_result(session, push.plan, result_id=row.result_id)
    revisions = await queries.count_revisions(session, push.plan, org_result_id=result.org_result_id)
    is_new = row.outcome == RowOutcome.ACCEPTED or (row.outcome == RowOutcome.QUARANTINED and revisions == 1)
    told = PutResultOut(
        outcome=RowOutcome(row.outcome),
        code=row.code,
        detail=row.detail,
        batch_id=push.batch_id,
        downstream=batch.downstream,
        result=queries.describe_result(result, push.plan),
    )
    return Put(told, is_created=is_new and result.batch_id == push.batch_id)


def refusal_of(row: RowOutcomeOut) -> ResultRefused:
    """Refuse one result for what a batch would reject it for."""
    code, detail = row.code or "", row.detail or ""
    fault: Fault = {"pointer": f"/{row.column or ''}", "code": code, "detail": detail, "blocking": True}
    return ResultRefused(faults=[fault], refusal=code, why=detail)

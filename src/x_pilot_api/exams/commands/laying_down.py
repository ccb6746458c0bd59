"""Files too large for one request: kept as they came, and taken in by a job, whole and once."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import attempts, audit, jobs
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.errors import AppError, Busy, DatabaseUnavailable, Overloaded
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.row_security import act_for
from x_pilot_api.core.service import Service
from x_pilot_api.core.tables import laying
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.commands import files
from x_pilot_api.exams.commands import push as pushing
from x_pilot_api.exams.commands.files import FileKind
from x_pilot_api.exams.commands.push import Bounds, Push
from x_pilot_api.exams.models import ExamPlan, ResultBatch
from x_pilot_api.exams.schemas import ResultBatchOut

_PATIENCE = timedelta(minutes=5)
_BE_PATIENT = text("SELECT set_config('statement_timeout', :milliseconds, true)")
_MENDS_ITSELF = (Busy, Overloaded, DatabaseUnavailable)


async def lay_down_batch(session: AsyncSession, actor: Actor, *, push: Push, bounds: Bounds) -> ResultBatchOut:
    """Keep a large file and ask for a job that takes it in."""
    pushing.refuse_early(push, bounds)
    institution_id = push.plan.institution_id
    await act_for(session, actor, institution_id=institution_id)
    job_id = await jobs.enqueue(
        session,
        "take_in_results",
        arguments={"batch_id": str(push.batch_id), "atomic": push.atomic},
        institution_id=institution_id,
        requested_by=actor,
    )
    await pushing.keep_batch(session, push=push, caller=actor, sealer=bounds.sealer, job_id=job_id)
    await audit.record(
        session,
        actor,
        "lay_down_results",
        institution_id=institution_id,
        object_kind="result_batch",
        object_id=push.batch_id,
        detail={"rows": len(push.rows), "file_kind": push.file_kind},
    )
    batch = await queries.get_own_batch(session, institution_id=institution_id, batch_id=push.batch_id)
    return queries.describe_batch(batch)


async def take_in_laid_down(service: Service, job: Job) -> None:
    """Take in a file that was laid down: in one transaction with the end of its job, so that it happens once."""
    institution_id, batch_id = job.institution_id, UUID(job.arguments["batch_id"])
    assert institution_id is not None  # noqa: S101 - a batch lies in an institution
    async with service.database.transaction(read_only=True, institution_id=institution_id) as session:
        batch = await queries.get_own_batch(session, institution_id=institution_id, batch_id=batch_id)
        plan = await queries.get_plan_of(session, batch)
        components = await queries.list_components(session, plan)
    try:
        push = await _read(service, job, batch=batch, plan=plan, components=components)
        async with service.database.transaction(institution_id=institution_id) as session:
            await _take_in(session, service, job, push=push, batch=batch)
    except AppError as refusal:
        if not isinstance(refusal, _MENDS_ITSELF):
            await _give_up(service, batch, refusal)
        raise


async def _read(
    service: Service, job: Job, *, batch: ResultBatch, plan: ExamPlan, components: list[tuple[str, str]]
) -> Push:
    body = service.sealer.open(batch.sealed_body, key_id=batch.key_id, context=ResultBatch.__tablename__)
    limits = laying.limits_of(service.settings, rows=service.settings.result_file_max_rows)
    columns = rules.result_columns(components)
    read = await files.read_rows(body, FileKind(str(batch.file_kind)), columns=columns, limits=limits)
    return Push(
        plan=plan,
        rows=read.rows,
        body=body,
        atomic=bool(job.arguments["atomic"]),
        validate_only=False,
        numbers=read.numbers,
        headers=read.headers,
        file_kind=batch.file_kind,
        batch_id=batch.id,
        is_laid_down=True,
    )


async def _take_in(session: AsyncSession, service: Service, job: Job, *, push: Push, batch: ResultBatch) -> None:
    await session.execute(_BE_PATIENT, {"milliseconds": str(_PATIENCE // timedelta(milliseconds=1))})
    held = await queries.get_own_batch(session, institution_id=batch.institution_id, batch_id=batch.id, lock=True)
    if held.counts:
        # Another attempt has taken it in, or given it up.
        raise attempts.Superseded
    settings = service.settings
    bounds = Bounds(sealer=service.sealer, rows_max=settings.result_file_max_rows, timezone=settings.timezone)
    taken = await pushing.push_results(session, _pusher_of(batch), push=push, bounds=bounds)
    counts = {name: int(getattr(taken, name)) for name in pushing.TOLD}
    result = {"batch_id": str(batch.id), "url": f"/v1/partner/result-batches/{batch.id}"}
    await attempts.advance(session, job, done=taken.rows, total=taken.rows)
    await attempts.finish(session, job, result=result, warnings=bool(taken.rejected + taken.quarantined), **counts)


def _pusher_of(batch: ResultBatch) -> Actor:
    """Act as who pushed, or who confirmed what another had uploaded."""
    return Actor(
        id=batch.confirmed_by or batch.caller_id,
        kind=ActorKind.MACHINE if batch.machine_client_id else ActorKind.PERSON,
        name="results",
        permissions=frozenset(),
        organisation_id=batch.organisation_id,
        is_test=batch.is_test if batch.machine_client_id else None,
    )


async def _give_up(service: Service, batch: ResultBatch, refusal: AppError) -> None:
    """Keep why a batch was not taken in, in a transaction that outlives the failure."""
    async with service.database.transaction(institution_id=batch.institution_id) as session:
        held = await queries.get_own_batch(session, institution_id=batch.institution_id, batch_id=batch.id, lock=True)
        if held.counts:
            return
        await session.execute(
            update(ResultBatch)
            .where(ResultBatch.institution_id == batch.institution_id, ResultBatch.id == batch.id)
            .values(counts={"refusal": refusal.code})
        )
        await audit.record(
            session,
            _pusher_of(batch),
            "refuse_results",
            institution_id=batch.institution_id,
            object_kind="result_batch",
            object_id=batch.id,
            detail={"code": refusal.code},
        )

"""Results that a person uploads: rehearsed at once, kept sealed, and pushed when another person confirms them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.row_security import act_for
from x_pilot_api.core.tables.reading import Limits
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.commands import files, laying_down
from x_pilot_api.exams.commands import push as pushing
from x_pilot_api.exams.commands.files import FileKind, Rows
from x_pilot_api.exams.commands.push import Bounds, Push
from x_pilot_api.exams.models import ExamPlan, ResultUpload, RowOutcome
from x_pilot_api.exams.schemas import ResultBatchOut

_CONTEXT = "result_uploads"
_REFUSALS_KEPT = 100


@dataclass(frozen=True)
class Sent:
    """A file as somebody uploads it, and why."""

    plan: ExamPlan
    kind: FileKind
    body: bytes = field(repr=False)
    is_atomic: bool
    reason: str


@dataclass(frozen=True)
class Reach:
    """How much a file may cost to read, and how much a batch and a file may hold."""

    limits: Limits
    batch: Bounds
    file: Bounds


async def upload_results(session: AsyncSession, actor: Actor, *, sent: Sent, reach: Reach) -> ResultUpload:
    """Keep a file for a second person to confirm; nothing of it takes effect before."""
    read = await _read(session, sent.plan, kind=sent.kind, body=sent.body, limits=reach.limits)
    push = _push(sent.plan, read, sent, validate_only=True)
    pushing.refuse_early(push, reach.file)
    preview = None
    if push.size <= reach.batch.rows_max:
        preview = _kept(await pushing.push_results(session, actor, push=push, bounds=reach.batch))
    await act_for(session, actor, institution_id=sent.plan.institution_id)
    sealer = reach.file.sealer
    values = {
        "institution_id": sent.plan.institution_id,
        "exam_plan_id": sent.plan.id,
        "organisation_id": sent.plan.organisation_id,
        "file_kind": sent.kind,
        "is_atomic": sent.is_atomic,
        "reason": sent.reason,
        "sealed_body": sealer.seal(sent.body, context=_CONTEXT),
        "key_id": sealer.key_id,
        "row_count": push.size,
        "preview": preview,
        "state": rules.UPLOADS.initial,
        "uploaded_by": actor.id,
    }
    made = (await session.scalars(insert(ResultUpload).values(values).returning(ResultUpload))).one()
    await _record(session, actor, "upload_results", made)
    return made


async def confirm_upload(
    session: AsyncSession, actor: Actor, *, upload_id: UUID, reason: str, reach: Reach
) -> tuple[ResultUpload, ResultBatchOut]:
    """Confirm what another person has uploaded: it is pushed as it is, by a job where it is large."""
    upload = await _lock(session, actor, upload_id, deed="confirm")
    plan = await queries.get_plan_of_upload(session, actor, upload)
    body = reach.file.sealer.open(upload.sealed_body, key_id=upload.key_id, context=_CONTEXT)
    sent = Sent(plan, FileKind(upload.file_kind), body, upload.is_atomic, upload.reason)
    read = await _read(session, plan, kind=sent.kind, body=body, limits=reach.limits)
    push = _push(plan, read, sent, validate_only=False, asked_by=upload.uploaded_by)
    if push.size <= reach.batch.rows_max:
        batch = await pushing.push_results(session, actor, push=push, bounds=reach.batch)
    else:
        batch = await laying_down.lay_down_batch(session, actor, push=push, bounds=reach.file)
    upload.batch_id = push.batch_id
    await _decide(session, actor, upload, deed="confirm", reason=reason)
    return upload, batch


async def refuse_upload(session: AsyncSession, actor: Actor, *, upload_id: UUID, reason: str) -> ResultUpload:
    """Refuse what another person has uploaded; nothing of it takes effect."""
    upload = await _lock(session, actor, upload_id, deed="refuse")
    await _decide(session, actor, upload, deed="refuse", reason=reason)
    return upload


async def _read(session: AsyncSession, plan: ExamPlan, *, kind: FileKind, body: bytes, limits: Limits) -> Rows:
    columns = rules.result_columns(await queries.list_components(session, plan))
    return await files.read_rows(body, kind, columns=columns, limits=limits)


def _push(plan: ExamPlan, read: Rows, sent: Sent, *, validate_only: bool, asked_by: UUID | None = None) -> Push:
    return Push(
        plan=plan,
        rows=read.rows,
        body=sent.body,
        atomic=sent.is_atomic and not validate_only,
        validate_only=validate_only,
        numbers=read.numbers,
        headers=read.headers,
        file_kind=sent.kind,
        asked_by=asked_by,
    )


def _kept(batch: ResultBatchOut) -> dict[str, Any]:
    """Write what a rehearsal told, with the first rows that would not be taken."""
    told = batch.model_dump(mode="json", include={*RowOutcome, "codes", "downstream"})
    doubtful = [
        row.model_dump(mode="json")
        for row in batch.row_outcomes or ()
        if row.outcome in {RowOutcome.REJECTED, RowOutcome.QUARANTINED}
    ]
    return told | {"refusals": doubtful[:_REFUSALS_KEPT]}


async def _lock(session: AsyncSession, actor: Actor, upload_id: UUID, *, deed: str) -> ResultUpload:
    upload = await queries.get_upload(session, actor, upload_id, lock=True)
    rules.UPLOADS.target_of(deed, state=upload.state)
    rules.check_other_person(deed, actor_id=actor.id, done={"upload": upload.uploaded_by})
    return upload


async def _decide(session: AsyncSession, actor: Actor, upload: ResultUpload, *, deed: str, reason: str) -> None:
    upload.state = rules.UPLOADS.target_of(deed, state=upload.state)
    upload.decided_by, upload.decided_at, upload.decided_reason = actor.id, clock.now(), reason
    await session.flush()
    await _record(session, actor, f"{deed}_result_upload", upload)


async def _record(session: AsyncSession, actor: Actor, deed: str, upload: ResultUpload) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=upload.institution_id,
        object_kind="result_upload",
        object_id=upload.id,
        detail={
            "exam_plan_id": str(upload.exam_plan_id),
            "rows": upload.row_count,
            "state": upload.state,
            "batch_id": str(upload.batch_id) if upload.batch_id else None,
        },
    )

"""Reading quarantined results, what is proposed about them, and uploads."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, false, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from x_pilot_api.core import languages, lookups, pagination, quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish
from x_pilot_api.core.row_security import act_for
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import (
    Candidate,
    Decision,
    ExamPlan,
    Registration,
    Result,
    ResultBatch,
    ResultReview,
    ResultReviewState,
    ResultRow,
    ResultUpload,
    Standing,
    UploadState,
)
from x_pilot_api.exams.queries import plans
from x_pilot_api.exams.schemas import (
    QuarantinedResultOut,
    ResultReviewOut,
    ResultUploadOut,
    UploadPreviewOut,
)
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.registry.models import IdentityDocument


def sent_to(actor: Actor) -> Select[Result]:
    """Select the results an organisation has sent, or that were sent to an institution's office."""
    if actor.organisation_id is not None:
        return select(Result).where(Result.organisation_id == actor.organisation_id)
    if actor.institution_id is not None and not actor.college_ids and actor.student_id is None:
        return select(Result).where(Result.institution_id == actor.institution_id)
    return select(Result).where(false())


async def get_sent(session: AsyncSession, actor: Actor, result_id: UUID) -> Result:
    """Read one result by its id, and act within its institution from then on."""
    result = await lookups.get_one(session, sent_to(actor).where(Result.id == result_id), what="result", zh="成绩")
    await act_for(session, actor, institution_id=result.institution_id)
    return result


async def plan_of(session: AsyncSession, result: Result) -> ExamPlan:
    """Read the plan that a result belongs to."""
    statement = (
        select(ExamPlan)
        .join(
            Registration,
            and_(Registration.institution_id == ExamPlan.institution_id, Registration.exam_plan_id == ExamPlan.id),
        )
        .where(Registration.institution_id == result.institution_id, Registration.id == result.registration_id)
    )
    return (await session.scalars(statement)).one()


async def pushers_of(session: AsyncSession, result: Result) -> dict[str, UUID | None]:
    """Name who pushed a result, and who confirmed that."""
    batch = (
        await session.execute(
            select(ResultBatch.caller_id, ResultBatch.confirmed_by).where(
                ResultBatch.institution_id == result.institution_id, ResultBatch.id == result.batch_id
            )
        )
    ).one()
    return {"push": batch.caller_id, "confirm_upload": batch.confirmed_by}


async def list_quarantined(
    session: AsyncSession, actor: Actor, plan: ExamPlan, *, wish: PageWish
) -> tuple[list[QuarantinedResultOut], str | None]:
    """List a plan's quarantined results, oldest first, each with the latest proposal about it."""
    await act_for(session, actor, institution_id=plan.institution_id)
    statement = _doubtful(actor).where(Registration.exam_plan_id == plan.id, Result.standing == Standing.QUARANTINED)
    statement = statement.where(Result.id > pagination.id_after(wish))
    rows = (await session.execute(statement.order_by(Result.id).limit(wish.size + 1))).all()
    token = pagination.token_after(str(rows[wish.size - 1][0].id)) if len(rows) > wish.size else None
    return [_described(actor, row) for row in rows[: wish.size]], token


def _doubtful(actor: Actor) -> Select[*tuple[Any, ...]]:
    latest = aliased(ResultReview)
    newer = aliased(ResultReview)
    newest = (
        select(newer.id)
        .where(newer.institution_id == Result.institution_id, newer.result_id == Result.id)
        .order_by(newer.proposed_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    sent = sent_to(actor).whereclause
    assert sent is not None  # noqa: S101 - it always narrows
    return (
        select(
            Result,
            Registration.exam_plan_id,
            Registration.admission_number,
            Candidate.name,
            IdentityDocument.masked_number,
            ResultRow.figures,
            latest,
        )
        .join(
            Registration,
            and_(Registration.institution_id == Result.institution_id, Registration.id == Result.registration_id),
        )
        .join(
            Candidate,
            and_(Candidate.institution_id == Result.institution_id, Candidate.id == Registration.candidate_id),
        )
        .join(
            IdentityDocument,
            and_(
                IdentityDocument.institution_id == Result.institution_id,
                IdentityDocument.id == Candidate.identity_document_id,
            ),
        )
        .join(
            ResultRow,
            and_(
                ResultRow.institution_id == Result.institution_id,
                ResultRow.batch_id == Result.batch_id,
                ResultRow.result_id == Result.id,
            ),
            isouter=True,
        )
        .join(latest, and_(latest.institution_id == Result.institution_id, latest.id == newest), isouter=True)
        .where(sent)
    )


async def describe_quarantined(session: AsyncSession, actor: Actor, result: Result) -> QuarantinedResultOut:
    """Tell one result that is or was quarantined."""
    row = (await session.execute(_doubtful(actor).where(Result.id == result.id))).one()
    return _described(actor, row)


def _described(actor: Actor, row: Row[*tuple[Any, ...]]) -> QuarantinedResultOut:
    result: Result = row[0]
    review: ResultReview | None = row[6]
    may = actor.may(Permission.QUARANTINE_DECIDE) and result.standing == Standing.QUARANTINED
    is_open = review is not None and review.state == ResultReviewState.PROPOSED
    return QuarantinedResultOut(
        id=result.id,
        exam_plan_id=row.exam_plan_id,
        org_result_id=result.org_result_id,
        revision=result.revision,
        admission_number=row.admission_number,
        name=row.name,
        masked_document_number=row.masked_number,
        activity=result.activity,
        grading=result.grading,
        components=result.components,
        code=result.quarantine_code or "",
        detail=rules.explain(result.quarantine_code, row.figures, language=languages.spoken()) if row.figures else None,
        their_total=result.claimed_total_hundredths,
        our_total=result.total_hundredths,
        their_passed=result.claimed_passed,
        our_passed=result.passed,
        recorded_at=result.recorded_at,
        review=describe_review(actor, review) if review is not None else None,
        allowed_deeds=["propose"] if may and not is_open else [],
    )


def describe_review(actor: Actor, review: ResultReview) -> ResultReviewOut:
    """Tell one proposal."""
    return ResultReviewOut(
        id=review.id,
        result_id=review.result_id,
        decision=Decision(review.decision),
        reason=review.reason,
        state=ResultReviewState(review.state),
        proposed_by=review.proposed_by,
        proposed_at=review.proposed_at,
        decided_by=review.decided_by,
        decided_at=review.decided_at,
        decided_reason=review.decided_reason,
        batch_id=review.batch_id,
        allowed_deeds=[] if review.proposed_by == actor.id else rules.REVIEWS.allowed_deeds(actor, state=review.state),
    )


async def find_open_review(session: AsyncSession, result: Result, *, lock: bool = False) -> ResultReview | None:
    """Find the proposal about a result that waits."""
    statement = select(ResultReview).where(
        ResultReview.institution_id == result.institution_id,
        ResultReview.result_id == result.id,
        ResultReview.state == ResultReviewState.PROPOSED,
    )
    return (await session.scalars(statement.with_for_update() if lock else statement)).one_or_none()


def uploads_visible_to(actor: Actor) -> Select[ResultUpload]:
    """Select the files an organisation's people have uploaded."""
    if actor.organisation_id is None:
        return select(ResultUpload).where(false())
    return select(ResultUpload).where(ResultUpload.organisation_id == actor.organisation_id)


async def get_upload(session: AsyncSession, actor: Actor, upload_id: UUID, *, lock: bool = False) -> ResultUpload:
    """Read one upload, locked when it is decided on, and act within its institution from then on."""
    statement = uploads_visible_to(actor).where(ResultUpload.id == upload_id)
    found = await lookups.get_one(
        session, statement.with_for_update() if lock else statement, what="result upload", zh="成绩文件"
    )
    await act_for(session, actor, institution_id=found.institution_id)
    return found


async def list_uploads(
    session: AsyncSession, actor: Actor, *, state: UploadState | None, wish: PageWish
) -> tuple[Sequence[ResultUpload], str | None]:
    """List visible uploads, oldest first."""
    statement = uploads_visible_to(actor)
    if state is not None:
        statement = statement.where(ResultUpload.state == state)
    return await pagination.page_of(session, statement, order=(ResultUpload.id,), wish=wish)


async def get_plan_of_upload(session: AsyncSession, actor: Actor, upload: ResultUpload) -> ExamPlan:
    """Read the plan that an upload is for."""
    return await plans.get_plan(session, actor, upload.exam_plan_id)


async def jobs_of(session: AsyncSession, uploads: Sequence[ResultUpload]) -> dict[UUID, UUID | None]:
    """Find the jobs that take uploads in, by their batches."""
    rows = await session.execute(
        select(ResultBatch.id, ResultBatch.job_id).where(
            ResultBatch.institution_id.in_({it.institution_id for it in uploads}),
            ResultBatch.id.in_({it.batch_id for it in uploads if it.batch_id}),
        )
    )
    return {row.id: row.job_id for row in rows.all()}


def describe_upload(actor: Actor, upload: ResultUpload, *, job_id: UUID | None) -> ResultUploadOut:
    """Tell one upload."""
    deeds = rules.UPLOADS.allowed_deeds(actor, state=upload.state)
    return ResultUploadOut(
        id=upload.id,
        exam_plan_id=upload.exam_plan_id,
        file_kind=upload.file_kind,
        is_atomic=upload.is_atomic,
        reason=upload.reason,
        rows=upload.row_count,
        preview=_preview(upload.preview) if upload.preview else None,
        state=UploadState(upload.state),
        uploaded_by=upload.uploaded_by,
        uploaded_at=upload.uploaded_at,
        decided_by=upload.decided_by,
        decided_at=upload.decided_at,
        decided_reason=upload.decided_reason,
        batch_id=upload.batch_id,
        job_id=job_id,
        allowed_deeds=[] if upload.uploaded_by == actor.id else deeds,
    )


def _preview(kept: dict[str, Any]) -> UploadPreviewOut:
    downstream = dict(kept["downstream"])
    deposited = quantities.parse_hundredths(downstream.pop("credit_deposited"))
    return UploadPreviewOut.model_validate(
        kept | {"downstream": rules.SINCE | downstream | {"credit_deposited": deposited}}
    )

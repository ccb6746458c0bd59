"""Outcomes from courses and training: submitting them, and the way to their credits."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.core.texts import Code
from x_pilot_api.credits import commands, queries
from x_pilot_api.credits.models import SubmissionState
from x_pilot_api.credits.schemas import (
    OutcomeEndIn,
    OutcomeExplanationOut,
    OutcomeIdsIn,
    OutcomesDecidedOut,
    OutcomeSettlementIn,
    OutcomesIn,
    OutcomesSubmittedOut,
    RecognitionIn,
    SubmissionOut,
)
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["credits"])


@router.get("/outcomes", dependencies=[require(Permission.OUTCOMES_READ)])
async def list_outcomes(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    student_id: Annotated[UUID | None, Query()] = None,
    kind: Annotated[Code | None, Query()] = None,
    state: Annotated[SubmissionState | None, Query()] = None,
    is_flagged: Annotated[bool | None, Query(description="The grade it rests on was revised")] = None,
) -> PageOut[SubmissionOut]:
    """List the outcomes beside certificates that the caller may see, the oldest first."""
    rows, token = await queries.list_submissions(
        session, actor, student_id=student_id, kind=kind, state=state, is_flagged=is_flagged, wish=page
    )
    pagination.link_next(request, response, token)
    items = await queries.tell_submissions(session, actor, rows)
    return PageOut[SubmissionOut](items=items, next_page_token=token)


@router.post(
    "/outcomes",
    status_code=201,
    response_model=OutcomesSubmittedOut,
    dependencies=[require(Permission.OUTCOMES_SUBMIT)],
)
async def submit_outcomes(
    body: OutcomesIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> OutcomesSubmittedOut | JSONResponse:
    """Submit outcomes with their evidence, for oneself or for one's college's students; all or none.

    409 `no_recognition_policy` where the office loaded none; `outcomes_refused` names each that cannot be.
    """
    institution_id = queries.institution_of(actor, None)
    deed = commands.submit_outcomes(session, actor, institution_id=institution_id, asked=body, today=today)
    return await once(OutcomesSubmittedOut, deed, institution_id=institution_id)


@router.post(
    "/outcomes:verify",
    status_code=201,
    response_model=OutcomesDecidedOut,
    dependencies=[require(Permission.OUTCOMES_VERIFY)],
)
async def verify_outcomes(
    body: OutcomeIdsIn, session: Session, actor: CurrentActor, once: RunOnce
) -> OutcomesDecidedOut | JSONResponse:
    """Verify outcomes for the students' college, one or many; all or none."""
    institution_id = queries.institution_of(actor, None)
    deed = commands.verify_outcomes(session, actor, institution_id=institution_id, outcome_ids=body.outcome_ids)
    return await once(OutcomesDecidedOut, deed, institution_id=institution_id)


@router.post(
    "/outcomes:recognise",
    status_code=201,
    response_model=OutcomesDecidedOut,
    dependencies=[require(Permission.OUTCOMES_RECOGNISE)],
)
async def recognise_outcomes(
    body: RecognitionIn, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> OutcomesDecidedOut | JSONResponse:
    """Recognise verified outcomes by the policy in force and post their credits; whoever verified leaves it to others.

    All or none: 409 `outcomes_refused` names each that meets no line, breaks a limit, or is used already.
    """
    institution_id = queries.institution_of(actor, None)
    deed = commands.recognise_outcomes(session, actor, institution_id=institution_id, asked=body, today=today)
    return await once(OutcomesDecidedOut, deed, institution_id=institution_id)


@router.post(
    "/outcomes:refuse",
    status_code=201,
    response_model=OutcomesDecidedOut,
    dependencies=[require(Permission.OUTCOMES_REFUSE)],
)
async def refuse_outcomes(
    body: OutcomeEndIn, session: Session, actor: CurrentActor, once: RunOnce
) -> OutcomesDecidedOut | JSONResponse:
    """Refuse outcomes that do not count yet, with the reason; all or none."""
    institution_id = queries.institution_of(actor, None)
    deed = commands.end_outcomes(session, actor, institution_id=institution_id, deed="refuse", **body.model_dump())
    return await once(OutcomesDecidedOut, deed, institution_id=institution_id)


@router.post(
    "/outcomes:withdraw",
    status_code=201,
    response_model=OutcomesDecidedOut,
    dependencies=[require(Permission.OUTCOMES_WITHDRAW)],
)
async def withdraw_outcomes(
    body: OutcomeEndIn, session: Session, actor: CurrentActor, once: RunOnce
) -> OutcomesDecidedOut | JSONResponse:
    """Withdraw one's own outcomes, or those one submitted, before they count; all or none."""
    institution_id = queries.institution_of(actor, None)
    deed = commands.end_outcomes(session, actor, institution_id=institution_id, deed="withdraw", **body.model_dump())
    return await once(OutcomesDecidedOut, deed, institution_id=institution_id)


@router.post(
    "/outcomes:settle",
    status_code=201,
    response_model=OutcomesDecidedOut,
    dependencies=[require(Permission.OUTCOMES_SETTLE)],
)
async def settle_outcomes(
    body: OutcomeSettlementIn, session: Session, actor: CurrentActor, once: RunOnce
) -> OutcomesDecidedOut | JSONResponse:
    """Keep flagged outcomes by a document, or take recognised ones back by reversing what they brought; all or none."""
    institution_id = queries.institution_of(actor, None)
    deed = commands.settle_outcomes(session, actor, institution_id=institution_id, asked=body)
    return await once(OutcomesDecidedOut, deed, institution_id=institution_id)


@router.get("/outcomes/{outcome_id}:explain", dependencies=[require(Permission.OUTCOMES_READ)])
async def explain_outcome(outcome_id: UUID, session: Session, actor: CurrentActor) -> OutcomeExplanationOut:
    """Explain an outcome: what it rests on, which line of the policy counted, what became of the credits, what is next.

    In Chinese and English.
    """
    outcome = await queries.get_submission(session, actor, outcome_id)
    return await queries.explain_submission(session, outcome)


@router.get("/outcomes/{outcome_id}", dependencies=[require(Permission.OUTCOMES_READ)])
async def get_outcome(outcome_id: UUID, session: Session, actor: CurrentActor) -> SubmissionOut:
    """Read one outcome with its record."""
    outcome = await queries.get_submission(session, actor, outcome_id)
    (told,) = await queries.tell_submissions(session, actor, [outcome])
    return told

"""A student's own space: one call a screen, told again only when it changed, and one feed for a device."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from x_pilot_api.charges import queries as charges
from x_pilot_api.charges.schemas import GuaranteeOut
from x_pilot_api.core import etags
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.etags import NOT_MODIFIED, IfNoneMatch
from x_pilot_api.core.pagination import PAGE_SIZE_MAX
from x_pilot_api.core.service import CurrentService, Today
from x_pilot_api.credits import queries as credits_
from x_pilot_api.credits.schemas import ExplanationOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.student_space import queries
from x_pilot_api.student_space.routes.own import CurrentOwn
from x_pilot_api.student_space.schemas import (
    ChangesOut,
    OverviewOut,
    OwnAccountOut,
    OwnAwardsOut,
    OwnOutcomesOut,
    OwnProgressOut,
    OwnRegistrationsOut,
    OwnResultExplainedOut,
    OwnResultsOut,
)

router = AreaRouter(tags=["my space"])


@router.get(
    "/me/overview",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_model=OverviewOut,
    responses=dict(NOT_MODIFIED),
)
async def get_own_overview(
    session: Session,
    actor: CurrentActor,
    own: CurrentOwn,
    service: CurrentService,
    today: Today,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Tell the student who they are, what comes next, and what they have, in one answer."""
    timezone = service.settings.timezone
    out = await queries.read_overview(session, actor, own, today=today, timezone=timezone)
    return etags.answer(out, if_none_match=if_none_match)


@router.get(
    "/me/registrations",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_model=OwnRegistrationsOut,
    responses=dict(NOT_MODIFIED),
)
async def list_own_registrations(
    session: Session, actor: CurrentActor, own: CurrentOwn, if_none_match: IfNoneMatch = None
) -> Response:
    """List the student's registrations but for those withdrawn, the latest exam first."""
    out = OwnRegistrationsOut(items=await queries.list_registrations(session, actor, own))
    return etags.answer(out, if_none_match=if_none_match)


@router.get(
    "/me/results",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_model=OwnResultsOut,
    responses=dict(NOT_MODIFIED),
)
async def list_own_results(session: Session, own: CurrentOwn, if_none_match: IfNoneMatch = None) -> Response:
    """List the student's results that may be seen, the latest exam first."""
    return etags.answer(OwnResultsOut(items=await queries.list_results(session, own)), if_none_match=if_none_match)


@router.get(
    "/me/results/{registration_id}",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_model=OwnResultExplainedOut,
    responses=dict(NOT_MODIFIED),
)
async def get_own_result(
    registration_id: UUID, session: Session, own: CurrentOwn, if_none_match: IfNoneMatch = None
) -> Response:
    """Explain the result of one registration: its parts, the sum, what it takes to pass, and what it set off."""
    out = await queries.explain_result(session, own, registration_id)
    return etags.answer(out, if_none_match=if_none_match)


@router.get(
    "/me/awards",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_model=OwnAwardsOut,
    responses=dict(NOT_MODIFIED),
)
async def list_own_awards(session: Session, own: CurrentOwn, if_none_match: IfNoneMatch = None) -> Response:
    """List the student's certificates with their codes, the newest first; revoked ones say why."""
    return etags.answer(OwnAwardsOut(items=await queries.list_awards(session, own)), if_none_match=if_none_match)


@router.get(
    "/me/credit-account",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_model=OwnAccountOut,
    responses=dict(NOT_MODIFIED),
)
async def get_own_credit_account(session: Session, own: CurrentOwn, if_none_match: IfNoneMatch = None) -> Response:
    """Read the student's credit account with its last movements; 404 when none was opened."""
    account = await queries.find_account(session, own)
    if account is None:
        raise NotFound(what="credit account", zh="学分账户")
    return etags.answer(account, if_none_match=if_none_match)


@router.get(
    "/me/learning-outcomes",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_model=OwnOutcomesOut,
    responses=dict(NOT_MODIFIED),
)
async def list_own_outcomes(session: Session, own: CurrentOwn, if_none_match: IfNoneMatch = None) -> Response:
    """List what each certificate brought, and how far outcomes from courses and training are."""
    told = OwnOutcomesOut(
        items=await queries.list_outcomes(session, own), submitted=await queries.list_submissions(session, own)
    )
    return etags.answer(told, if_none_match=if_none_match)


@router.get(
    "/me/guarantee",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_model=GuaranteeOut,
    responses=dict(NOT_MODIFIED),
)
async def get_own_guarantee(session: Session, own: CurrentOwn, if_none_match: IfNoneMatch = None) -> Response:
    """Read the student's one guaranteed attempt with all that became of it; 404 while none was granted."""
    found = await charges.find_guarantee(session, institution_id=own.institution_id, student_id=own.student_id)
    if found is None:
        raise NotFound(what="guaranteed attempt", zh="保障性考核机会")
    return etags.answer(found, if_none_match=if_none_match)


@router.get("/me/certificates/{certificate_level_id}:explain", dependencies=[require(Permission.MY_SPACE_READ)])
async def explain_own_certificate(
    certificate_level_id: UUID, session: Session, actor: CurrentActor, own: CurrentOwn, today: Today
) -> ExplanationOut:
    """Explain what a certificate brings the student, or would bring: rule, inputs, arithmetic, limits, next step."""
    return await credits_.explain_certificate(
        session, actor, student_id=own.student_id, certificate_level_id=certificate_level_id, today=today
    )


@router.get(
    "/me/progress",
    dependencies=[require(Permission.MY_SPACE_READ)],
    response_model=OwnProgressOut,
    responses=dict(NOT_MODIFIED),
)
async def get_own_progress(
    session: Session, actor: CurrentActor, own: CurrentOwn, if_none_match: IfNoneMatch = None
) -> Response:
    """Tell what the student still lacks for the diploma, and how far each certificate is."""
    return etags.answer(await queries.own_progress(session, actor, own), if_none_match=if_none_match)


@router.get("/me/changes", dependencies=[require(Permission.MY_SPACE_READ)])
async def list_own_changes(
    session: Session,
    actor: CurrentActor,
    own: CurrentOwn,
    service: CurrentService,
    response: Response,
    modified_since: Annotated[
        str | None,
        Query(max_length=500, description="`next_modified_since` of the last answer, or an instant; empty: everything"),
    ] = None,
    page_size: Annotated[int, Query(ge=1, description=f"Silently lowered to {PAGE_SIZE_MAX}")] = PAGE_SIZE_MAX,
) -> ChangesOut:
    """Tell a device what of the student's changed since it last asked, each thing as it is now or that it is gone.

    Nothing is missed, whatever order transactions end in; something may come twice, and then replaces itself.
    """
    response.headers["Cache-Control"] = "no-store"
    size = min(page_size, PAGE_SIZE_MAX)
    page = await queries.read_changes(session, actor, own, since=modified_since, size=size)
    return ChangesOut(
        generated_at=page.generated_at,
        messages_kept_since=page.generated_at - timedelta(days=service.settings.messages_kept_days),
        items=list(page.items),
        next_modified_since=page.cursor.written(),
        has_more=page.has_more,
    )

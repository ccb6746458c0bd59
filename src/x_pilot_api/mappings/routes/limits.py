"""The limits of policy that conversions live under."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse

from x_pilot_api.core import languages, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.idempotency import RunOnce
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.service import Today
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings import commands, queries, rules
from x_pilot_api.mappings.models import LimitCode, PolicyLimit
from x_pilot_api.mappings.schemas import LimitWithdrawalIn, PolicyLimitIn, PolicyLimitOut

router = AreaRouter(tags=["policy limits"])


@router.get("/policy-limits", dependencies=[require(Permission.POLICY_LIMITS_READ)])
async def list_policy_limits(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    code: Annotated[LimitCode | None, Query()] = None,
    in_force_on: Annotated[date | None, Query(description="Only versions that hold on this day")] = None,
) -> PageOut[PolicyLimitOut]:
    """List the versions of the institution's limits, the oldest first, each saying in words what it asks.

    Where none is loaded, one certificate per course, no course replaced twice and no course passed before hold anyhow.
    """
    rows, token = await queries.list_visible_limits(session, actor, code=code, in_force_on=in_force_on, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[PolicyLimitOut](items=[_written(row) for row in rows], next_page_token=token)


@router.post(
    "/policy-limits",
    status_code=201,
    response_model=PolicyLimitOut,
    dependencies=[require(Permission.POLICY_LIMITS_LOAD)],
)
async def load_policy_limit(
    body: PolicyLimitIn, request: Request, session: Session, actor: CurrentActor, today: Today, once: RunOnce
) -> PolicyLimitOut | JSONResponse:
    """Load the next version of a limit with its document; the version in force ends the day it starts.

    409 `limit_overlaps` when a version starts on that day or later, `limit_starts_in_past` when the version in force
    would have to end before today.
    """
    institution_id = actor.institution_id
    if institution_id is None:
        raise NotFound(what="institution", zh="院校")

    async def load() -> PolicyLimitOut:
        return _written(
            await commands.load_limit(session, actor, institution_id=institution_id, wish=body, today=today)
        )

    return await once(
        PolicyLimitOut,
        load(),
        institution_id=institution_id,
        location=lambda loaded: f"{request.url.path}/{loaded.id}",
    )


@router.get("/policy-limits/{limit_id}", dependencies=[require(Permission.POLICY_LIMITS_READ)])
async def get_policy_limit(limit_id: UUID, session: Session, actor: CurrentActor) -> PolicyLimitOut:
    """Read one version of a limit."""
    return _written(await queries.get_limit(session, actor, limit_id))


@router.post("/policy-limits/{limit_id}:withdraw", dependencies=[require(Permission.POLICY_LIMITS_WITHDRAW)])
async def withdraw_policy_limit(
    limit_id: UUID, body: LimitWithdrawalIn, session: Session, actor: CurrentActor, today: Today
) -> PolicyLimitOut:
    """Withdraw a version that has not taken effect; the one that was to end for it goes on."""
    limit = await commands.withdraw_limit(session, actor, limit_id=limit_id, reason=body.reason, today=today)
    return _written(limit)


def _written(limit: PolicyLimit) -> PolicyLimitOut:
    return PolicyLimitOut(
        id=limit.id,
        institution_id=limit.institution_id,
        code=LimitCode(limit.code),
        version=limit.version,
        certificate_level_id=limit.certificate_level_id,
        certificate_id=limit.certificate_id,
        level=limit.level,
        is_waived=limit.is_waived,
        credit=limit.credit_hundredths,
        percent=limit.percent,
        days=limit.days,
        categories=limit.categories,
        family=limit.family,
        saying=rules.say(limit).said_in(languages.spoken()),
        document_number=limit.document_number,
        note=limit.note,
        effective_from=limit.effective_from,
        effective_to=limit.effective_to,
        loaded_by=limit.loaded_by,
        recorded_at=limit.recorded_at,
        withdrawn_at=limit.withdrawn_at,
    )

"""Issued certificates."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from x_pilot_api.awards import queries
from x_pilot_api.awards.models import AwardState
from x_pilot_api.awards.schemas import AwardOut
from x_pilot_api.core import pagination
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission

router = APIRouter(tags=["awards"])


@router.get("/awards", dependencies=[require(Permission.AWARDS_READ)])
async def list_awards(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    student_id: Annotated[UUID | None, Query()] = None,
    certificate_level_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[AwardState | None, Query()] = None,
) -> PageOut[AwardOut]:
    """List the issued certificates the caller may see."""
    rows, token = await queries.list_awards(
        session, actor, student_id=student_id, certificate_level_id=certificate_level_id, state=state, wish=page
    )
    levels = await queries.describe_levels(session, [row.certificate_level_id for row in rows])
    pagination.link_next(request, response, token)
    items = [
        AwardOut(
            id=row.id,
            institution_id=row.institution_id,
            number=row.number,
            verification_code=row.verification_code,
            holder_name=row.holder_name,
            student_id=row.student_id,
            certificate_id=levels[row.certificate_level_id].certificate_id,
            certificate_name=levels[row.certificate_level_id].name,
            certificate_level_id=row.certificate_level_id,
            level=levels[row.certificate_level_id].level,
            organisation_id=levels[row.certificate_level_id].organisation_id,
            issued_on=row.issued_on,
            state=row.state,
            revoked_at=row.revoked_at,
            revoked_reason=row.revoked_reason,
        )
        for row in rows
    ]
    return PageOut[AwardOut](items=items, next_page_token=token)

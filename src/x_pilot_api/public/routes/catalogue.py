"""The catalogue of certificates, for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.certificates.models import Level
from x_pilot_api.core import pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.public.schemas import PublicCertificateOut

router = AreaRouter(tags=["public"])

_KEPT = "public, max-age=300"


@router.get("/public/certificates", dependencies=[public()])
async def list_public_certificates(
    request: Request,
    response: Response,
    session: Session,
    page: Page,
    organisation_id: Annotated[UUID | None, Query()] = None,
    level: Annotated[Level | None, Query(description="Only certificates that have this level")] = None,
    text: Annotated[Line | None, Query(description="Part of the name")] = None,
) -> PageOut[PublicCertificateOut]:
    """List the certificates there are by name, with their levels and whose they are."""
    items, token = await certificates.list_certificates(
        session, organisation_id=organisation_id, level=level, text=text, wish=page
    )
    pagination.link_next(request, response, token)
    response.headers["Cache-Control"] = _KEPT
    told = [
        PublicCertificateOut(
            id=it.id,
            name=it.name,
            organisation=it.organisation.name,
            batch=it.batch,
            basis=it.basis,
            levels=sorted(level.level for level in it.levels),
        )
        for it in items
    ]
    return PageOut[PublicCertificateOut](items=told, next_page_token=token)

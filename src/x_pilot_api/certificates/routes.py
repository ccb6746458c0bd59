"""The catalogue of certificates."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from x_pilot_api.certificates import queries
from x_pilot_api.certificates.models import Level
from x_pilot_api.certificates.schemas import CertificateOut
from x_pilot_api.core import etags, pagination
from x_pilot_api.core.auth import require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.identity.permissions import Permission

router = APIRouter(tags=["certificates"])


@router.get("/certificates", dependencies=[require(Permission.CERTIFICATES_READ)])
async def list_certificates(
    request: Request,
    response: Response,
    session: Session,
    page: Page,
    organisation_id: Annotated[UUID | None, Query()] = None,
    level: Annotated[Level | None, Query(description="Only certificates that have this level")] = None,
    text: Annotated[Line | None, Query(description="Part of the name")] = None,
) -> PageOut[CertificateOut]:
    """List the catalogue's certificates by name, each with all its levels and how they are assessed."""
    items, token = await queries.list_certificates(
        session, organisation_id=organisation_id, level=level, text=text, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[CertificateOut](items=list(items), next_page_token=token)


@router.get(
    "/certificates/{certificate_id}",
    response_model=CertificateOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.CERTIFICATES_READ)],
)
async def get_certificate(certificate_id: UUID, session: Session, if_none_match: IfNoneMatch = None) -> Response:
    """Read one certificate with its levels and how they are assessed; 304 while the caller's copy is still true."""
    certificate = await queries.get_certificate(session, certificate_id)
    return etags.answer(certificate, if_none_match=if_none_match)

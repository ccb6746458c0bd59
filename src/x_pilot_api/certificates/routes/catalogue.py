"""The catalogue of certificates, and the operator's deeds on it."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.certificates import commands, queries
from x_pilot_api.certificates.models import Level
from x_pilot_api.certificates.schemas import (
    CertificateChange,
    CertificateIn,
    CertificateOut,
    LevelIn,
    SchemeIn,
    SchemesOut,
)
from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.core.texts import Line
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["certificates"])


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


@router.post("/certificates", status_code=201, dependencies=[require(Permission.CERTIFICATES_MANAGE)])
async def enter_certificate(
    body: CertificateIn, response: Response, session: Session, actor: CurrentActor
) -> CertificateOut:
    """Enter a certificate standard of an evaluation organisation in the catalogue, with its levels."""
    certificate_id = await commands.enter_certificate(session, actor, wish=body)
    response.headers["Location"] = f"/v1/certificates/{certificate_id}"
    return await queries.get_certificate(session, certificate_id)


@router.patch(
    "/certificates/{certificate_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.CERTIFICATES_MANAGE)],
)
async def change_certificate(
    certificate_id: UUID, body: CertificateChange, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> CertificateOut:
    """Correct what the catalogue says of a certificate; `If-Match` names the copy the change is made to."""
    await commands.change_certificate(session, actor, certificate_id=certificate_id, change=body, if_match=if_match)
    return await queries.get_certificate(session, certificate_id)


@router.delete(
    "/certificates/{certificate_id}",
    status_code=204,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.CERTIFICATES_MANAGE)],
)
async def delete_certificate(
    certificate_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> None:
    """Take out a certificate and its levels while nothing refers to them; 409 `certificate_in_use` otherwise."""
    await commands.delete_certificate(session, actor, certificate_id=certificate_id, if_match=if_match)


@router.post(
    "/certificates/{certificate_id}/levels",
    status_code=201,
    responses={**etags.GUARDED},
    dependencies=[require(Permission.CERTIFICATES_MANAGE)],
)
async def add_certificate_level(
    certificate_id: UUID, body: LevelIn, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> CertificateOut:
    """Add a level to a certificate."""
    await commands.add_level(session, actor, certificate_id=certificate_id, wish=body, if_match=if_match)
    return await queries.get_certificate(session, certificate_id)


@router.delete(
    "/certificates/{certificate_id}/levels/{level_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.CERTIFICATES_MANAGE)],
)
async def delete_certificate_level(
    certificate_id: UUID, level_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> CertificateOut:
    """Take out a level to which nothing refers; one with a published scheme stays."""
    await commands.delete_level(session, actor, certificate_id=certificate_id, level_id=level_id, if_match=if_match)
    return await queries.get_certificate(session, certificate_id)


@router.get("/certificate-levels/{level_id}/schemes", dependencies=[require(Permission.CERTIFICATES_READ)])
async def list_assessment_schemes(level_id: UUID, session: Session) -> SchemesOut:
    """List every version of a level's assessment scheme; on a day the highest one in force then counts."""
    level = await queries.get_level(session, level_id)
    return SchemesOut(certificate_level_id=level.id, schemes=await queries.list_schemes(session, level.id))


@router.post(
    "/certificate-levels/{level_id}/schemes",
    status_code=201,
    dependencies=[require(Permission.CERTIFICATES_MANAGE)],
)
async def publish_assessment_scheme(
    level_id: UUID, body: SchemeIn, session: Session, actor: CurrentActor
) -> SchemesOut:
    """Publish the next version of a level's assessment scheme; a plan already announced keeps its version."""
    await commands.publish_scheme(session, actor, level_id=level_id, wish=body)
    return SchemesOut(certificate_level_id=level_id, schemes=await queries.list_schemes(session, level_id))

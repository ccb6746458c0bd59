"""The categories an institution sorts certificates into."""

from uuid import UUID

from fastapi import Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.qualifications import commands, queries
from x_pilot_api.qualifications.models import CertificateCategory
from x_pilot_api.qualifications.schemas import CertificateCategoryChange, CertificateCategoryIn, CertificateCategoryOut

router = AreaRouter(tags=["qualifications"])


@router.get("/certificate-categories", dependencies=[require(Permission.SEED_TEACHERS_READ)])
async def list_certificate_categories(
    request: Request, response: Response, session: Session, actor: CurrentActor, page: Page
) -> PageOut[CertificateCategoryOut]:
    """List the categories by their codes, each with its certificates."""
    rows, token = await queries.list_categories(session, actor, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[CertificateCategoryOut](
        items=await queries.describe_categories(session, rows), next_page_token=token
    )


@router.post("/certificate-categories", status_code=201, dependencies=[require(Permission.CERTIFICATE_CATEGORIES_KEEP)])
async def create_certificate_category(
    body: CertificateCategoryIn, response: Response, session: Session, actor: CurrentActor
) -> CertificateCategoryOut:
    """Make a category and sort certificates into it; one that was in another category moves."""
    category = await commands.create_category(session, actor, wish=body)
    response.headers["Location"] = f"/v1/certificate-categories/{category.id}"
    return await _answer(session, category)


@router.get(
    "/certificate-categories/{category_id}",
    response_model=CertificateCategoryOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.SEED_TEACHERS_READ)],
)
async def get_certificate_category(
    category_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one category; the ETag is what changing it asks for."""
    category = await queries.get_category(session, actor, category_id)
    return etags.answer(await _answer(session, category), if_none_match=if_none_match)


@router.put(
    "/certificate-categories/{category_id}",
    responses={**etags.GUARDED},
    dependencies=[require(Permission.CERTIFICATE_CATEGORIES_KEEP)],
)
async def change_certificate_category(
    category_id: UUID,
    body: CertificateCategoryChange,
    session: Session,
    actor: CurrentActor,
    if_match: IfMatch = None,
) -> CertificateCategoryOut:
    """Name a category anew and sort its certificates anew; its code stays."""
    category = await commands.change_category(session, actor, category_id=category_id, wish=body, if_match=if_match)
    return await _answer(session, category)


async def _answer(session: Session, category: CertificateCategory) -> CertificateCategoryOut:
    (told,) = await queries.describe_categories(session, [category])
    return told

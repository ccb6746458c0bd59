"""The code to scan that leads to a certificate's verification."""

import io
from typing import Annotated, Literal
from uuid import UUID

import segno
from fastapi import Query, Response

from x_pilot_api.awards import queries
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["awards"])

_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_PNG_SCALE, _QUIET_ZONE = 8, 4


@router.get(
    "/awards/{award_id}/verification-qr",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}, "image/png": {}}, "description": "The picture"}},
    dependencies=[require(Permission.AWARDS_READ)],
)
async def get_verification_qr(
    award_id: UUID,
    session: Session,
    actor: CurrentActor,
    service: CurrentService,
    form: Annotated[Literal["svg", "png"], Query()] = "svg",
) -> Response:
    """Draw the QR code of a certificate's verification, for its newest paper; it holds the address and nothing else."""
    award = await queries.get_award(session, actor, award_id)
    paper = await queries.newest_paper(session, award)
    code = segno.make(
        verification_url(service.settings.verification_url, service.settings.issuer, paper.verification_code),
        error="q",
        micro=False,
    )
    drawn = io.BytesIO()
    if form == "png":
        code.save(drawn, kind="png", scale=_PNG_SCALE, border=_QUIET_ZONE)
    else:
        code.save(drawn, kind="svg", border=_QUIET_ZONE, omitsize=True)
    return Response(drawn.getvalue(), media_type=_TYPES[form], headers={"Cache-Control": "private, no-store"})


def verification_url(page: str | None, issuer: str, code: str) -> str:
    """Write the address that a certificate's code is verified at: a page of the installation's, else our own page."""
    return f"{(page or f'{issuer}/v').rstrip('/')}/{code}"

"""Identity documents: masked everywhere but here, where seeing a number in full is a deed on record."""

from uuid import UUID

from fastapi import Response

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require, require_recent
from x_pilot_api.core.db import Session
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.registry import commands
from x_pilot_api.registry.schemas import IdentityDocumentOut, RevealIn

router = AreaRouter(tags=["registry"])


@router.post(
    "/students/{student_id}/identity-document:reveal",
    dependencies=[require(Permission.IDENTITY_DOCUMENTS_REVEAL), require_recent()],
)
async def reveal_identity_document(
    student_id: UUID, body: RevealIn, session: Session, actor: CurrentActor, service: CurrentService, response: Response
) -> IdentityDocumentOut:
    """Show a student's document number in full; who saw it and why is on record before it is shown.

    It asks for a proof within 5 minutes. Nothing of the answer is kept, neither here nor by a browser; each call is a
    deed of its own.
    """
    response.headers["Cache-Control"] = "no-store"
    document, number = await commands.reveal_number(
        session, actor, student_id=student_id, reason=body.reason, sealer=service.sealer
    )
    return IdentityDocumentOut(kind=document.kind, number=number)

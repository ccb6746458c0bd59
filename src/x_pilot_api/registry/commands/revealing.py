"""Showing somebody's document number in full, which happens on record or not at all."""

import re
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.registry import queries
from x_pilot_api.registry.errors import ReasonHoldsNumber
from x_pilot_api.registry.models import IdentityDocument

_RESIDENT_NUMBER = re.compile(r"[0-9]{17}[0-9X]")


def _holds_number(reason: str, number: str) -> bool:
    """Tell whether a reason holds the number, or anybody's resident number, however it is parted."""
    run_together = "".join(character for character in reason.upper() if character.isalnum())
    return number.upper() in run_together or _RESIDENT_NUMBER.search(run_together) is not None


async def reveal_number(
    session: AsyncSession, actor: Actor, *, student_id: UUID, reason: str, sealer: Sealer
) -> tuple[IdentityDocument, str]:
    """Open a student's document number, and write down who saw it and why; the number itself is written nowhere."""
    student = await queries.get_student(session, actor, student_id)
    document = await queries.get_document(session, student)
    opened = sealer.open(document.sealed_number, key_id=document.key_id, context=IdentityDocument.__tablename__)
    number = opened.decode()
    if _holds_number(reason, number):
        raise ReasonHoldsNumber
    await audit.record(
        session,
        actor,
        "identity_documents.reveal",
        institution_id=student.institution_id,
        object_kind="student",
        object_id=student.id,
        detail={"reason": reason, "document_id": str(document.id)},
    )
    return document, number

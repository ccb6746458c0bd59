"""The guaranteed attempt of a student."""

from uuid import UUID

from x_pilot_api.charges import commands, queries
from x_pilot_api.charges.schemas import GuaranteeOut, GuaranteeRestoredIn
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["charges"])


@router.post("/students/{student_id}/guarantee:restore", dependencies=[require(Permission.GUARANTEES_RESTORE)])
async def restore_guarantee(
    student_id: UUID, body: GuaranteeRestoredIn, session: Session, actor: CurrentActor
) -> GuaranteeOut:
    """Give a student's attempt back who was ill, by a document; an absence that counted is taken back."""
    await commands.restore_by_document(session, actor, student_id=student_id, wish=body)
    return await queries.get_guarantee(session, actor, student_id)


@router.get("/students/{student_id}/guarantee", dependencies=[require(Permission.GUARANTEES_READ)])
async def get_guarantee(student_id: UUID, session: Session, actor: CurrentActor) -> GuaranteeOut:
    """Read a student's one guaranteed attempt with all that became of it; 404 where none was granted."""
    return await queries.get_guarantee(session, actor, student_id)

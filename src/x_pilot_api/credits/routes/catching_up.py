"""Catching up on rules that were published late: looked at first, then confirmed."""

from fastapi import Response

from x_pilot_api.core import accepted
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.credits import commands, queries
from x_pilot_api.credits.schemas import CatchUpAskedOut, CatchUpConfirmIn, CatchUpIn, CatchUpOut
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["credits"])


@router.post("/credit-catch-ups:preview", dependencies=[require(Permission.CATCH_UPS_RUN)])
async def preview_catch_up(body: CatchUpIn, session: Session, actor: CurrentActor) -> CatchUpOut:
    """Tell which certificates that had no rule would bring how many credits by the rules published by now.

    Nothing is posted. The digest stands for exactly these gains.
    """
    return await queries.preview_catch_up(session, institution_id=actor.own_institution(), wish=body)


@router.post(
    "/credit-catch-ups:confirm",
    status_code=202,
    responses=accepted.ACCEPTED,
    dependencies=[require(Permission.CATCH_UPS_RUN)],
)
async def confirm_catch_up(
    body: CatchUpConfirmIn, response: Response, session: Session, actor: CurrentActor
) -> CatchUpAskedOut:
    """Let a job post what was previewed, all of it or nothing; 409 when that is no longer what would be posted."""
    asked = await commands.confirm_catch_up(session, actor, institution_id=actor.own_institution(), wish=body)
    accepted.point_to(response, asked.job_id)
    return asked

"""A certificate as its holder shares it, for whoever was given the link."""

from typing import Annotated

from fastapi import BackgroundTasks, Path, Request, Response

from x_pilot_api.awards import commands as awards_commands
from x_pilot_api.awards import rules
from x_pilot_api.awards.models import AwardShare, ClientKind
from x_pilot_api.core import clock
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import public
from x_pilot_api.core.db import Session
from x_pilot_api.core.service import CurrentService, Service
from x_pilot_api.public import queries
from x_pilot_api.public.schemas import SharedAwardOut

router = AreaRouter(tags=["public"])


@router.get("/shared-awards/{token}", dependencies=[public()])
async def get_shared_award(
    token: Annotated[str, Path(min_length=1, max_length=80, description="The secret of a share link")],
    request: Request,
    response: Response,
    session: Session,
    service: CurrentService,
    after: BackgroundTasks,
) -> SharedAwardOut:
    """Read a certificate that its holder shares; 410 `share_closed` when the link was recalled or its time is over.

    The holder sees that somebody looked, when, and with what kind of client; nothing else of who looked is kept.
    """
    response.headers["Cache-Control"] = "no-store"
    now = clock.now()
    share = await queries.open_share(session, token, now=now)
    after.add_task(note_look, service, share, rules.client_kind(request.headers.get("user-agent", "")))
    return await queries.tell_shared(session, share, now=now)


async def note_look(service: Service, share: AwardShare, client_kind: ClientKind) -> None:
    """Write the look down after the answer, in a transaction of its own: reading waits for no writing."""
    async with service.database.transaction() as session:
        await awards_commands.note_view(
            session, institution_id=share.institution_id, share_id=share.id, client_kind=client_kind
        )

"""What the requests of an evaluation organisation's system have in common."""

from fastapi import BackgroundTasks

from x_pilot_api.core.actors import ActorKind
from x_pilot_api.core.auth import CurrentActor
from x_pilot_api.core.service import CurrentService
from x_pilot_api.identity import commands as clients

PREFIX = "/partner"
TAGS = ("partners",)


async def note_use(background: BackgroundTasks, service: CurrentService, actor: CurrentActor) -> None:
    """Note after the answer that the client was at work."""
    if actor.kind == ActorKind.MACHINE:
        background.add_task(clients.note_use, service, actor.id)

"""Reading the audit: an institution's by its auditors, the platform's by the platform's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import AuditEvent, PlatformAuditEvent
from x_pilot_api.core.pagination import PageWish, page_of

Event = AuditEvent | PlatformAuditEvent


@dataclass(frozen=True)
class Search:
    """Which deeds are asked for; what is not named is not asked about."""

    object_kind: str | None = None
    object_id: UUID | None = None
    actor_id: UUID | None = None
    deed: str | None = None
    request_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def _model(actor: Actor) -> type[Event]:
    return PlatformAuditEvent if actor.institution_id is None else AuditEvent


def events_visible_to(actor: Actor) -> Select[Any]:
    """Select what an actor may see: who acts in an institution its own audit, anybody else the platform's."""
    if actor.institution_id is None:
        return select(PlatformAuditEvent)
    return select(AuditEvent).where(AuditEvent.institution_id == actor.institution_id)


async def list_events(
    session: AsyncSession, actor: Actor, *, search: Search, wish: PageWish
) -> tuple[Sequence[Event], str | None]:
    """List deeds, oldest first."""
    model, statement = _model(actor), events_visible_to(actor)
    for name in ("object_kind", "object_id", "actor_id", "deed", "request_id"):
        value = getattr(search, name)
        if value is not None:
            statement = statement.where(getattr(model, name) == value)
    if search.since is not None:
        statement = statement.where(model.recorded_at >= search.since)
    if search.until is not None:
        statement = statement.where(model.recorded_at < search.until)
    return await page_of(session, statement, order=(model.recorded_at, model.id), wish=wish)

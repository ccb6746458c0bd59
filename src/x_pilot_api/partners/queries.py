"""Reading what concerns an organisation."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.outbox import queries as outbox
from x_pilot_api.outbox.errors import EventsForgotten
from x_pilot_api.outbox.rules import Cursor
from x_pilot_api.partners.schemas import EventsOut, describe_event


def organisation_of(actor: Actor) -> UUID:
    """Tell which organisation the actor speaks for; who speaks for none finds nothing here."""
    if actor.organisation_id is None:
        raise NotFound(what="organisation", zh="评价组织")
    return actor.organisation_id


async def read_events(
    session: AsyncSession, actor: Actor, *, after: Cursor | None, size: int, kept_days: int
) -> EventsOut:
    """Read the events of the actor's organisation and mode after a cursor."""
    feed = await outbox.read_feed(
        session, organisation_id=organisation_of(actor), is_test=bool(actor.is_test), after=after, size=size
    )
    if after is not None and await outbox.is_forgotten(session, after):
        raise EventsForgotten(kept_days=kept_days)
    return EventsOut(
        items=[describe_event(event) for event in feed.events],
        next_cursor=feed.cursor.written(),
        has_more=not feed.is_whole,
    )

"""What a person does with their messages, and what time does with them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import write
from x_pilot_api.inbox import queries, rules
from x_pilot_api.inbox.errors import MessageKindUnknown, SmsNotConfigured
from x_pilot_api.inbox.models import Message, MessagePreference
from x_pilot_api.inbox.schemas import MessagesReadIn, PreferenceIn

_SLICE = 1_000


async def mark_read(session: AsyncSession, actor: Actor, *, wish: MessagesReadIn) -> int:
    """Mark some of one's own messages as read, and tell how many were not before."""
    now = clock.now()
    named: list[ColumnElement[bool]] = [Message.id.in_(wish.message_ids)]
    if wish.up_to_id is not None:
        named.append(Message.id <= wish.up_to_id)
    # In the order of their keys, so that two devices that mark the same do not wait for each other in a ring.
    own = queries.messages_visible_to(actor, at=now).where(Message.read_at.is_(None), or_(*named))
    held = own.order_by(Message.institution_id, Message.id).with_for_update()
    keys = [(row.institution_id, row.id) for row in (await session.scalars(held)).all()]
    if not keys:
        return 0
    marked = update(Message).where(tuple_(Message.institution_id, Message.id).in_(keys)).values(read_at=now)
    count = await write(session, marked)
    await _record(session, actor, "mark_read", {"messages": count})
    return count


async def choose(session: AsyncSession, actor: Actor, *, preferences: Sequence[PreferenceIn], has_sms: bool) -> None:
    """Choose which kinds of messages to be mailed."""
    if not has_sms and any(wish.by_sms for wish in preferences):
        raise SmsNotConfigured
    unknown = sorted({wish.kind for wish in preferences if not rules.is_known(wish.kind)})
    if unknown:
        raise MessageKindUnknown(kinds=", ".join(unknown))
    wanted = {wish.kind: wish.by_mail for wish in preferences}
    off = [kind for kind, by_mail in sorted(wanted.items()) if not by_mail]
    on = [{"person_id": actor.id, "kind": kind} for kind, by_mail in sorted(wanted.items()) if by_mail]
    await session.execute(
        delete(MessagePreference).where(MessagePreference.person_id == actor.id, MessagePreference.kind.in_(off))
    )
    if on:
        await session.execute(insert(MessagePreference).on_conflict_do_nothing(), on)
    await _record(session, actor, "choose_messages", {"by_mail": wanted})


async def _record(session: AsyncSession, actor: Actor, deed: str, detail: dict[str, object]) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=actor.institution_id,
        object_kind="person",
        object_id=actor.id,
        detail=detail,
    )


_FORGET_MAILS = text("""
DELETE FROM mails USING unnest(CAST(:institutions AS uuid[]), CAST(:messages AS uuid[])) AS old (institution_id, id)
WHERE mails.institution_id = old.institution_id AND mails.message_id = old.id
""")


async def forget_messages(session: AsyncSession, *, before: datetime) -> int:
    """Delete a slice of the messages sent before an instant, with their mails; tell how many, 0 when none is left."""
    old = select(Message.institution_id, Message.id).where(Message.created_at < before).limit(_SLICE)
    keys = (await session.execute(old.with_for_update(skip_locked=True))).all()
    if not keys:
        return 0
    columns = {"institutions": [key.institution_id for key in keys], "messages": [key.id for key in keys]}
    await session.execute(_FORGET_MAILS, columns)
    pairs = [(key.institution_id, key.id) for key in keys]
    return await write(session, delete(Message).where(tuple_(Message.institution_id, Message.id).in_(pairs)))

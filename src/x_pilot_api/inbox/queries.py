"""Reading a person's messages and choices."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Malformed
from x_pilot_api.core.pagination import PageWish, token_after
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.inbox import rules
from x_pilot_api.inbox.models import Mail, MailAddress, MailState, Message, MessagePreference
from x_pilot_api.inbox.schemas import MailAddressOut, MessageOut, PreferenceOut


def messages_visible_to(actor: Actor, *, at: datetime) -> Select[Message]:
    """Select the messages to an actor that are there by now; who acts in an institution sees what it is about."""
    own = select(Message).where(Message.person_id == actor.id, Message.shown_from <= at)
    return own if actor.institution_id is None else own.where(Message.institution_id == actor.institution_id)


async def list_messages(
    session: AsyncSession, actor: Actor, *, is_unread: bool, wish: PageWish
) -> tuple[list[MessageOut], str | None]:
    """List an actor's messages, the newest first."""
    statement = messages_visible_to(actor, at=clock.now())
    if is_unread:
        statement = statement.where(Message.read_at.is_(None))
    if wish.after is not None:
        statement = statement.where(Message.id < _id_of(wish.after))
    rows = (await session.scalars(statement.order_by(Message.id.desc()).limit(wish.size + 1))).all()
    token = token_after(str(rows[wish.size - 1].id)) if len(rows) > wish.size else None
    return [told(row) for row in rows[: wish.size]], token


def _id_of(keys: tuple[str, ...]) -> UUID:
    try:
        (key,) = keys
        return UUID(key)
    except ValueError:
        raise Malformed(what="page_token") from None


def told(message: Message) -> MessageOut:
    """Tell a message in the language asked for."""
    title, words = rules.words(message.kind, message.figures)
    return MessageOut(
        id=message.id,
        kind=message.kind,
        title=title.said_in(languages.spoken()),
        text=words.said_in(languages.spoken()),
        object_kind=message.object_kind,
        object_id=message.object_id,
        # One that waited to be shown is as old as its being shown.
        sent_at=max(message.created_at, message.shown_from),
        read_at=message.read_at,
    )


async def count_unread(session: AsyncSession, actor: Actor) -> int:
    """Count an actor's unread messages."""
    unread = messages_visible_to(actor, at=clock.now()).where(Message.read_at.is_(None))
    return (await session.execute(unread.with_only_columns(func.count()))).scalar_one()


async def list_preferences(session: AsyncSession, actor: Actor) -> list[PreferenceOut]:
    """List every kind of message with the actor's choice."""
    mailed = set(await session.scalars(select(MessagePreference.kind).where(MessagePreference.person_id == actor.id)))
    return [
        PreferenceOut(kind=kind.code, name=kind.name.said_in(languages.spoken()), by_mail=kind.code in mailed)
        for kind in rules.known_kinds()
    ]


async def get_mail_address(session: AsyncSession, actor: Actor, *, sealer: Sealer) -> MailAddressOut:
    """Read an actor's own mail address."""
    row = await session.get(MailAddress, actor.id)
    if row is None:
        return MailAddressOut(address=None, confirmed_at=None, refused_at=None)
    return MailAddressOut(address=open_address(row, sealer), confirmed_at=row.confirmed_at, refused_at=row.refused_at)


def open_address(row: MailAddress, sealer: Sealer) -> str:
    """Open a sealed address."""
    return sealer.open(row.sealed_address, key_id=row.key_id, context="mail_addresses").decode()


async def lock_address(session: AsyncSession, person_id: UUID) -> MailAddress | None:
    """Lock a person's mail address, so that a code is looked at by one request at a time."""
    statement = select(MailAddress).where(MailAddress.person_id == person_id)
    return (await session.scalars(statement.with_for_update().execution_options(populate_existing=True))).one_or_none()


async def find_messages(session: AsyncSession, *, institution_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Message]:
    """Find messages of an institution by their ids."""
    found = select(Message).where(Message.institution_id == institution_id, Message.id.in_(ids))
    return {message.id: message for message in await session.scalars(found)}


async def find_addresses(session: AsyncSession, person_ids: Sequence[UUID]) -> dict[UUID, MailAddress]:
    """Find the addresses of persons that mail can go to."""
    found = select(MailAddress).where(
        MailAddress.person_id.in_(person_ids), MailAddress.confirmed_at.is_not(None), MailAddress.refused_at.is_(None)
    )
    return {row.person_id: row for row in await session.scalars(found)}


async def next_attempt_at(session: AsyncSession, *, institution_id: UUID, batch_id: UUID) -> datetime | None:
    """Tell when the next mail of a batch is due, if any still waits."""
    waiting = select(func.min(Mail.next_attempt_at)).where(
        Mail.institution_id == institution_id, Mail.batch_id == batch_id, Mail.state == MailState.WAITING
    )
    return (await session.execute(waiting)).scalar_one()

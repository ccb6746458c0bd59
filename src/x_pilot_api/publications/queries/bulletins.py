"""Who sees which bulletin today, drafts of bulletins, and telling of both."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, id_after, page_of, token_after
from x_pilot_api.publications.models import (
    AudienceRole,
    Bulletin,
    BulletinAudience,
    BulletinDraft,
    BulletinReceipt,
    BulletinState,
    DraftState,
)
from x_pilot_api.publications.queries import audience as reach
from x_pilot_api.publications.queries import places
from x_pilot_api.publications.rules import bulletins as rules
from x_pilot_api.publications.schemas.bulletins import (
    AudiencePartOut,
    BulletinBriefOut,
    BulletinDraftOut,
    BulletinOut,
    BulletinReachOut,
    UnreadBulletinsOut,
)

_SEE_ALL = frozenset({"registrar", "auditor"})
_OFFICE = "registrar"


def _within(actor: Actor) -> Select[Bulletin]:
    if actor.institution_id is None:
        return select(Bulletin).where(false())
    return select(Bulletin).where(Bulletin.institution_id == actor.institution_id)


def _followed_by(actor: Actor) -> ColumnElement[bool] | None:
    """Say which bulletins an actor follows whomever they are for; None is all."""
    return None if actor.roles & _SEE_ALL else Bulletin.college_id.in_(actor.college_ids)


def told_to(actor: Actor, *, today: date) -> Select[Bulletin]:
    """Select the bulletins that are shown to an actor today."""
    return _within(actor).where(rules.shown(today), reach.addressed_to(actor))


def followed_by(actor: Actor) -> Select[Bulletin]:
    """Select the bulletins an actor follows: the office and who audits all, a college its own."""
    bound = _followed_by(actor)
    return _within(actor) if bound is None else _within(actor).where(bound)


def visible_bulletins(actor: Actor, *, today: date) -> Select[Bulletin]:
    """Select the bulletins an actor may open."""
    bound = _followed_by(actor)
    if bound is None:
        return _within(actor)
    told = reach.addressed_to(actor) & rules.shown(today)
    return _within(actor).where(or_(bound, told))


def issued_by(actor: Actor) -> Select[Bulletin]:
    """Select the bulletins that are the actor's to correct or withdraw."""
    return _within(actor).where(_issues(actor, Bulletin.college_id))


def _issues(actor: Actor, college: InstrumentedAttribute[UUID | None]) -> ColumnElement[bool]:
    return true() if _OFFICE in actor.roles else college.in_(actor.college_ids)


async def list_bulletins(
    session: AsyncSession,
    actor: Actor,
    statement: Select[Bulletin],
    *,
    state: BulletinState | None,
    is_unread: bool | None,
    today: date,
    wish: PageWish,
) -> tuple[list[BulletinBriefOut], str | None]:
    """List some bulletins, the newest first."""
    if state is not None:
        statement = statement.where(_in_state(state, today))
    if is_unread is not None:
        unread = ~_read_by(actor)
        statement = statement.where(unread if is_unread else ~unread)
    if wish.after is not None:
        statement = statement.where(Bulletin.id < id_after(wish))
    rows = (await session.scalars(statement.order_by(Bulletin.id.desc()).limit(wish.size + 1))).all()
    shown = rows[: wish.size]
    token = token_after(str(shown[-1].id)) if len(rows) > wish.size else None
    return await describe_bulletins(session, actor, shown, today=today), token


def _in_state(state: BulletinState, today: date) -> ColumnElement[bool]:
    kept = Bulletin.withdrawn_at.is_(None)
    return {
        BulletinState.SHOWN: rules.shown(today),
        BulletinState.WITHDRAWN: ~kept,
        BulletinState.SUPERSEDED: kept & rules.followed(),
        BulletinState.OVER: kept & ~rules.followed() & (Bulletin.down_on <= today),
    }[state]


def _read_by(actor: Actor) -> ColumnElement[bool]:
    return (
        select(BulletinReceipt.bulletin_id)
        .where(
            BulletinReceipt.institution_id == Bulletin.institution_id,
            BulletinReceipt.bulletin_id == Bulletin.id,
            BulletinReceipt.person_id == actor.id,
        )
        .exists()
    )


async def count_unread(session: AsyncSession, actor: Actor, *, today: date) -> UnreadBulletinsOut:
    """Count the bulletins that wait for an actor."""
    waiting = told_to(actor, today=today).where(~_read_by(actor))
    counted = waiting.with_only_columns(func.count(), func.count().filter(Bulletin.is_important))
    unread, important = (await session.execute(counted)).one()
    return UnreadBulletinsOut(unread=unread, important=important)


async def get_bulletin(session: AsyncSession, statement: Select[Bulletin], bulletin_id: UUID) -> Bulletin:
    """Read one of some bulletins."""
    return await lookups.get_one(session, statement.where(Bulletin.id == bulletin_id), what="bulletin", zh="通知")


async def lock_bulletin(session: AsyncSession, statement: Select[Bulletin], bulletin_id: UUID) -> Bulletin:
    """Lock one of some bulletins, so that it is withdrawn or followed by another once."""
    locked = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return await get_bulletin(session, locked, bulletin_id)


async def is_addressed(session: AsyncSession, actor: Actor, bulletin: Bulletin) -> bool:
    """Tell whether a bulletin is for an actor."""
    mine = _within(actor).where(Bulletin.id == bulletin.id, reach.addressed_to(actor))
    return (await session.scalars(mine)).one_or_none() is not None


async def find_follower(session: AsyncSession, bulletin: Bulletin) -> UUID | None:
    """Find the bulletin that took another's place."""
    later = select(Bulletin.id).where(
        Bulletin.institution_id == bulletin.institution_id, Bulletin.supersedes_id == bulletin.id
    )
    return (await session.scalars(later)).one_or_none()


async def describe_bulletins(
    session: AsyncSession, actor: Actor, bulletins: Sequence[Bulletin], *, today: date
) -> list[BulletinBriefOut]:
    """Tell bulletins of one institution, each question asked once however many there are."""
    if not bulletins:
        return []
    there, ids = bulletins[0].institution_id, [bulletin.id for bulletin in bulletins]
    colleges = await places.find_colleges(session, there, {it.college_id for it in bulletins if it.college_id})
    of_these = (Bulletin.institution_id == there, Bulletin.supersedes_id.in_(ids))
    later = {
        row[0]: row[1] for row in await session.execute(select(Bulletin.supersedes_id, Bulletin.id).where(*of_these))
    }
    mine = set(
        await session.scalars(
            _within(actor).with_only_columns(Bulletin.id).where(Bulletin.id.in_(ids), reach.addressed_to(actor))
        )
    )
    read = await _read_at(session, actor, there, ids)
    follows = await _followed(session, actor, bulletins)
    told: list[BulletinBriefOut] = []
    for it in bulletins:
        state = rules.state_of(it, is_superseded=it.id in later, today=today)
        own = rules.may_issue_for(actor, it.college_id, is_office=_OFFICE in actor.roles)
        told.append(
            BulletinBriefOut(
                id=it.id,
                college_id=it.college_id,
                college_name=None if it.college_id is None else colleges[it.college_id],
                title=it.title,
                is_important=it.is_important,
                is_public=it.is_public,
                state=state,
                published_at=it.published_at,
                down_on=it.down_on,
                supersedes_id=it.supersedes_id,
                superseded_by=later.get(it.id),
                is_addressed=it.id in mine,
                read_at=read.get(it.id),
                reach=follows.get(it.id),
                allowed_deeds=[
                    *(["read"] if it.id in mine and it.id not in read and state is BulletinState.SHOWN else []),
                    *(rules.BULLETIN.allowed_deeds(actor, state=state) if own else []),
                ],
            )
        )
    return told


async def _read_at(
    session: AsyncSession, actor: Actor, institution_id: UUID, ids: Sequence[UUID]
) -> Mapping[UUID, datetime]:
    statement = select(BulletinReceipt.bulletin_id, BulletinReceipt.read_at).where(
        BulletinReceipt.institution_id == institution_id,
        BulletinReceipt.person_id == actor.id,
        BulletinReceipt.bulletin_id.in_(ids),
    )
    return {row.bulletin_id: row.read_at for row in (await session.execute(statement)).all()}


async def _followed(
    session: AsyncSession, actor: Actor, bulletins: Sequence[Bulletin]
) -> Mapping[UUID, BulletinReachOut]:
    followed = [it for it in bulletins if actor.roles & _SEE_ALL or it.college_id in actor.college_ids]
    return await reach.count_reach(session, followed)


async def tell_bulletin(session: AsyncSession, actor: Actor, bulletin: Bulletin, *, today: date) -> BulletinOut:
    """Tell one bulletin with its words and whom it is for."""
    (brief,) = await describe_bulletins(session, actor, [bulletin], today=today)
    of_it = select(BulletinAudience).where(
        BulletinAudience.institution_id == bulletin.institution_id, BulletinAudience.bulletin_id == bulletin.id
    )
    parts = (await session.scalars(of_it.order_by(BulletinAudience.id))).all()
    given = [(part.role, part.college_id, part.programme_id) for part in parts]
    return BulletinOut(
        **brief.model_dump(),
        body=bulletin.body,
        correction_note=bulletin.correction_note,
        withdrawal_note=bulletin.withdrawal_note,
        audience=(await _named(session, bulletin.institution_id, [given]))[0],
    )


Part = tuple[str | None, UUID | None, UUID | None]


async def _named(
    session: AsyncSession, institution_id: UUID, audiences: Sequence[Sequence[Part]]
) -> list[list[AudiencePartOut]]:
    """Name the places of audiences."""
    every = [part for audience in audiences for part in audience]
    colleges = await places.find_colleges(session, institution_id, {part[1] for part in every if part[1]})
    programmes = await places.find_programmes(session, institution_id, {part[2] for part in every if part[2]})
    return [
        [
            AudiencePartOut(
                role=None if role is None else AudienceRole(role),
                college_id=college_id,
                college_name=colleges[college_id] if college_id else None,
                programme_id=programme_id,
                programme_name=programmes[programme_id][0] if programme_id else None,
            )
            for role, college_id, programme_id in audience
        ]
        for audience in audiences
    ]


def visible_drafts(actor: Actor) -> Select[BulletinDraft]:
    """Select the drafts of whom an actor writes for; the office and who audits see all."""
    if actor.institution_id is None:
        return select(BulletinDraft).where(false())
    own = select(BulletinDraft).where(BulletinDraft.institution_id == actor.institution_id)
    return own if actor.roles & _SEE_ALL else own.where(BulletinDraft.college_id.in_(actor.college_ids))


def own_drafts(actor: Actor) -> Select[BulletinDraft]:
    """Select the drafts that are the actor's to change and publish."""
    return visible_drafts(actor).where(_issues(actor, BulletinDraft.college_id))


async def get_draft(
    session: AsyncSession, statement: Select[BulletinDraft], draft_id: UUID, *, lock: bool = False
) -> BulletinDraft:
    """Read one of some drafts."""
    statement = statement.where(BulletinDraft.id == draft_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return await lookups.get_one(session, statement, what="bulletin draft", zh="通知草稿")


async def list_drafts(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[list[BulletinDraftOut], str | None]:
    """List drafts, the oldest first."""
    rows, token = await page_of(session, visible_drafts(actor), order=(BulletinDraft.id,), wish=wish)
    return await describe_drafts(session, actor, rows), token


async def describe_drafts(
    session: AsyncSession, actor: Actor, drafts: Sequence[BulletinDraft]
) -> list[BulletinDraftOut]:
    """Tell drafts of one institution."""
    if not drafts:
        return []
    there = drafts[0].institution_id
    colleges = await places.find_colleges(session, there, {it.college_id for it in drafts if it.college_id})
    audiences = await _named(session, there, [[_part(part) for part in it.audience] for it in drafts])
    return [
        BulletinDraftOut(
            id=it.id,
            college_id=it.college_id,
            college_name=None if it.college_id is None else colleges[it.college_id],
            title=it.title,
            body=it.body,
            is_important=it.is_important,
            is_public=it.is_public,
            down_on=it.down_on,
            audience=audience,
            supersedes_id=it.supersedes_id,
            correction_note=it.correction_note,
            allowed_deeds=rules.DRAFT.allowed_deeds(actor, state=DraftState.DRAFT)
            if rules.may_issue_for(actor, it.college_id, is_office=_OFFICE in actor.roles)
            else [],
        )
        for it, audience in zip(drafts, audiences, strict=True)
    ]


def _part(written: Mapping[str, str | None]) -> Part:
    college_id, programme_id = written.get("college_id"), written.get("programme_id")
    return (
        written.get("role"),
        UUID(college_id) if college_id else None,
        UUID(programme_id) if programme_id else None,
    )


def _public(today: date) -> Select[Bulletin]:
    return select(Bulletin).where(Bulletin.is_public, rules.shown(today))


async def list_public(
    session: AsyncSession, *, institution_id: UUID | None, today: date, wish: PageWish
) -> tuple[Sequence[Bulletin], str | None]:
    """List the bulletins that everybody may read today, the newest first."""
    statement = _public(today)
    if institution_id is not None:
        statement = statement.where(Bulletin.institution_id == institution_id)
    if wish.after is not None:
        statement = statement.where(Bulletin.id < id_after(wish))
    rows = (await session.scalars(statement.order_by(Bulletin.id.desc()).limit(wish.size + 1))).all()
    shown = rows[: wish.size]
    return shown, token_after(str(shown[-1].id)) if len(rows) > wish.size else None


async def get_public(session: AsyncSession, bulletin_id: UUID, *, today: date) -> Bulletin:
    """Read one bulletin that everybody may read today."""
    return await get_bulletin(session, _public(today), bulletin_id)

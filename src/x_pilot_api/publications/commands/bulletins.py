"""A bulletin: drafted, published for good, read by those it is for, corrected by another, withdrawn."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, db, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.publications.errors import BulletinNotAddressed
from x_pilot_api.publications.models import (
    Bulletin,
    BulletinAudience,
    BulletinDraft,
    BulletinReceipt,
    DraftState,
)
from x_pilot_api.publications.queries import bulletins as queries
from x_pilot_api.publications.queries import places
from x_pilot_api.publications.rules import bulletins as rules
from x_pilot_api.publications.rules import cases as texts
from x_pilot_api.publications.schemas.bulletins import BulletinDraftChange, BulletinDraftIn

_OFFICE = "registrar"


async def draft_bulletin(session: AsyncSession, actor: Actor, *, wish: BulletinDraftIn) -> BulletinDraft:
    """Begin a bulletin of the office or of one's own college."""
    if actor.institution_id is None or not rules.may_issue_for(
        actor, wish.college_id, is_office=_OFFICE in actor.roles
    ):
        raise NotFound(what="college", zh="学院")
    draft = BulletinDraft(
        institution_id=actor.institution_id, college_id=wish.college_id, drafted_by=actor.id, **_said(wish)
    )
    await _check(session, draft)
    session.add(draft)
    await session.flush()
    await _record(session, actor, "draft_bulletin", rules.DRAFT_KIND, draft.id, title=draft.title)
    return draft


async def change_draft(
    session: AsyncSession, actor: Actor, *, draft_id: UUID, wish: BulletinDraftChange, if_match: str | None
) -> BulletinDraft:
    """Write a draft anew in place of what was read."""
    draft = await _lock(session, actor, draft_id, if_match=if_match)
    rules.DRAFT.target_of("change", state=DraftState.DRAFT)
    for name, value in _said(wish).items():
        setattr(draft, name, value)
    await _check(session, draft)
    await session.flush()
    await _record(session, actor, "change_bulletin_draft", rules.DRAFT_KIND, draft.id, title=draft.title)
    return draft


async def discard_draft(session: AsyncSession, actor: Actor, *, draft_id: UUID) -> None:
    """Throw a draft away."""
    draft = await queries.get_draft(session, queries.own_drafts(actor), draft_id, lock=True)
    rules.DRAFT.target_of("discard", state=DraftState.DRAFT)
    await session.delete(draft)
    await session.flush()
    await _record(session, actor, "discard_bulletin_draft", rules.DRAFT_KIND, draft.id, title=draft.title)


async def publish_draft(
    session: AsyncSession, actor: Actor, *, draft_id: UUID, today: date, if_match: str | None
) -> Bulletin:
    """Publish a draft as it was read: it is shown from now on to those it is for, and never changes."""
    named = await queries.get_draft(session, queries.own_drafts(actor), draft_id)
    if named.supersedes_id is not None:
        corrected = await queries.lock_bulletin(session, queries.issued_by(actor), named.supersedes_id)
        await _target_of(session, "correct", corrected, today=today)
    draft = await _lock(session, actor, draft_id, if_match=if_match)
    rules.DRAFT.target_of("publish", state=DraftState.DRAFT)
    rules.check_day(draft.down_on, today=today)
    await _check(session, draft)
    if draft.is_public:
        texts.check_no_person(title=draft.title, body=draft.body)
    bulletin = Bulletin(
        institution_id=draft.institution_id,
        college_id=draft.college_id,
        title=draft.title,
        body=draft.body,
        is_important=draft.is_important,
        is_public=draft.is_public,
        published_on=today,
        published_by=actor.id,
        down_on=draft.down_on,
        supersedes_id=draft.supersedes_id,
        correction_note=draft.correction_note,
    )
    session.add(bulletin)
    await session.flush()
    await session.refresh(bulletin)
    parts = [
        {"institution_id": bulletin.institution_id, "bulletin_id": bulletin.id} | _columns(part)
        for part in draft.audience
    ]
    if parts:
        await session.execute(insert(BulletinAudience), parts)
    await session.delete(draft)
    await session.flush()
    await _record(
        session,
        actor,
        "publish_bulletin",
        rules.BULLETIN_KIND,
        bulletin.id,
        title=bulletin.title,
        down_on=bulletin.down_on.isoformat(),
        supersedes_id=str(bulletin.supersedes_id) if bulletin.supersedes_id else None,
    )
    return bulletin


async def correct_bulletin(
    session: AsyncSession, actor: Actor, *, bulletin_id: UUID, correction_note: str, today: date
) -> BulletinDraft:
    """Begin a corrected bulletin from the one that is shown, which it follows once it is published."""
    bulletin = await queries.lock_bulletin(session, queries.issued_by(actor), bulletin_id)
    await _target_of(session, "correct", bulletin, today=today)
    told = await queries.tell_bulletin(session, actor, bulletin, today=today)
    draft = BulletinDraft(
        institution_id=bulletin.institution_id,
        college_id=bulletin.college_id,
        title=bulletin.title,
        body=bulletin.body,
        is_important=bulletin.is_important,
        is_public=bulletin.is_public,
        down_on=bulletin.down_on,
        audience=[
            part.model_dump(mode="json", include={"role", "college_id", "programme_id"}) for part in told.audience
        ],
        supersedes_id=bulletin.id,
        correction_note=correction_note,
        drafted_by=actor.id,
    )
    session.add(draft)
    await session.flush()
    await _record(
        session,
        actor,
        "correct_bulletin",
        rules.BULLETIN_KIND,
        bulletin.id,
        draft_id=str(draft.id),
        note=correction_note,
    )
    return draft


async def withdraw_bulletin(
    session: AsyncSession, actor: Actor, *, bulletin_id: UUID, withdrawal_note: str, today: date
) -> Bulletin:
    """Take a bulletin down before its day, with the reason."""
    bulletin = await queries.lock_bulletin(session, queries.issued_by(actor), bulletin_id)
    await _target_of(session, "withdraw", bulletin, today=today)
    bulletin.withdrawn_at, bulletin.withdrawn_by = clock.now(), actor.id
    bulletin.withdrawal_note = withdrawal_note
    await session.flush()
    await _record(
        session,
        actor,
        "withdraw_bulletin",
        rules.BULLETIN_KIND,
        bulletin.id,
        title=bulletin.title,
        note=withdrawal_note,
    )
    return bulletin


async def read_bulletin(session: AsyncSession, actor: Actor, *, bulletin_id: UUID, today: date) -> Bulletin:
    """Confirm to have read a bulletin; however often and from however many devices, it counts once."""
    bulletin = await queries.get_bulletin(session, queries.visible_bulletins(actor, today=today), bulletin_id)
    if not await queries.is_addressed(session, actor, bulletin):
        raise BulletinNotAddressed
    said = insert(BulletinReceipt).values(
        institution_id=bulletin.institution_id, bulletin_id=bulletin.id, person_id=actor.id
    )
    if await db.write(session, said.on_conflict_do_nothing()):
        await _record(session, actor, "read_bulletin", rules.BULLETIN_KIND, bulletin.id)
    return bulletin


async def _target_of(session: AsyncSession, deed: str, bulletin: Bulletin, *, today: date) -> str:
    followed = await queries.find_follower(session, bulletin) is not None
    return rules.BULLETIN.target_of(deed, state=rules.state_of(bulletin, is_superseded=followed, today=today))


async def _lock(session: AsyncSession, actor: Actor, draft_id: UUID, *, if_match: str | None) -> BulletinDraft:
    draft = await queries.get_draft(session, queries.own_drafts(actor), draft_id, lock=True)
    (told,) = await queries.describe_drafts(session, actor, [draft])
    etags.check(told, if_match=if_match)
    return draft


async def _check(session: AsyncSession, draft: BulletinDraft) -> None:
    """Refuse an audience that is not here, that is nobody, or that goes beyond the college."""
    there = draft.institution_id
    asked_colleges = {UUID(part["college_id"]) for part in draft.audience if part["college_id"]}
    asked_colleges |= {draft.college_id} if draft.college_id else set()
    asked_programmes = {UUID(part["programme_id"]) for part in draft.audience if part["programme_id"]}
    programmes = await places.find_programmes(session, there, asked_programmes)
    places.check_all_found(asked_colleges, await places.find_colleges(session, there, asked_colleges))
    places.check_all_found(asked_programmes, programmes)
    rules.check_audience(
        draft.audience,
        is_public=draft.is_public,
        college_id=draft.college_id,
        college_of_programme={programme_id: college_id for programme_id, (_, college_id) in programmes.items()},
    )


def _said(wish: BulletinDraftChange) -> dict[str, Any]:
    written = wish.model_dump(exclude={"college_id", "audience"})
    return written | {"audience": [part.model_dump(mode="json") for part in wish.audience]}


def _columns(part: dict[str, str | None]) -> dict[str, object]:
    college_id, programme_id = part["college_id"], part["programme_id"]
    return {
        "role": part["role"],
        "college_id": UUID(college_id) if college_id else None,
        "programme_id": UUID(programme_id) if programme_id else None,
    }


async def _record(
    session: AsyncSession, actor: Actor, deed: str, kind: str, object_id: UUID, **detail: str | None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=actor.institution_id,
        object_kind=kind,
        object_id=object_id,
        detail=detail,
    )

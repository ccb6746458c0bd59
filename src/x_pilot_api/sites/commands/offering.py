"""Offering a site to an organisation: the place, its rooms, and the levels applied for."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.certificates.models import CertificateLevel
from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.identity import queries as identity
from x_pilot_api.sites import queries, rules
from x_pilot_api.sites.commands import recording
from x_pilot_api.sites.errors import RoomCodeTaken, SiteCodeTaken, SiteLevelForeign, SiteLevelKnown
from x_pilot_api.sites.models import AssessmentSite, Room, SiteLevel
from x_pilot_api.sites.rules import AUDIT_KIND, WORKFLOW
from x_pilot_api.sites.schemas import RoomIn, SiteChange, SiteIn, SiteLevelIn

_ROOM_FIELDS = ("code", "name", "kind", "seats", "computers", "equipment", "is_open")


async def offer_site(session: AsyncSession, actor: Actor, *, wish: SiteIn) -> AssessmentSite:
    """Offer a place of a college with its rooms, and apply for levels."""
    college = await certificates.get_own_college(session, actor, wish.college_id)
    organisation = await identity.get_organisation(session, wish.organisation_id)
    made = await session.scalars(
        insert(AssessmentSite)
        .values(
            institution_id=college.institution_id,
            organisation_id=organisation.id,
            college_id=college.id,
            **wish.model_dump(include={"code", "name", "address", "is_shared"}),
        )
        .on_conflict_do_nothing()
        .returning(AssessmentSite)
    )
    site = made.one_or_none()
    if site is None:
        raise SiteCodeTaken(site_code=wish.code)
    rooms = [_room(site, room) for room in wish.rooms]
    session.add_all(rooms)
    await session.flush()
    await _record(session, actor, "offer_site", site, rooms=len(rooms), seats=rules.seats_of(rooms))
    await _apply(session, actor, site, wishes=wish.levels, rooms=rooms)
    return site


async def apply_for_level(session: AsyncSession, actor: Actor, *, site_id: UUID, wish: SiteLevelIn) -> AssessmentSite:
    """Apply for one more level."""
    site = await queries.get_own_site(session, actor, site_id)
    known = {level.certificate_level_id: level for level in await queries.list_levels(session, site)}
    if wish.certificate_level_id in known:
        raise SiteLevelKnown(state=known[wish.certificate_level_id].state)
    await _apply(session, actor, site, wishes=[wish], rooms=await queries.list_rooms(session, site))
    return site


async def _apply(
    session: AsyncSession, actor: Actor, site: AssessmentSite, *, wishes: Sequence[SiteLevelIn], rooms: Sequence[Room]
) -> None:
    await _refuse_foreign(session, site, [wish.certificate_level_id for wish in wishes])
    for wish in wishes:
        rules.check_capacity(wish.capacity, rooms)
        level = SiteLevel(
            institution_id=site.institution_id,
            site_id=site.id,
            state=WORKFLOW.initial,
            applied_by=actor.id,
            applied_at=clock.now(),
            **wish.model_dump(),
        )
        session.add(level)
        await recording.record_level(session, actor, "apply", site=site, level=level, before=None)


async def _refuse_foreign(session: AsyncSession, site: AssessmentSite, level_ids: list[UUID]) -> None:
    known = await session.scalar(
        select(func.count()).where(
            CertificateLevel.id.in_(level_ids), CertificateLevel.id.in_(certificates.levels_of(site.organisation_id))
        )
    )
    if known != len(level_ids):
        raise SiteLevelForeign(levels=len(level_ids) - (known or 0))


async def change_site(session: AsyncSession, actor: Actor, *, site: AssessmentSite, change: SiteChange) -> None:
    """Write a locked site anew; what the organisation approved keeps its name and address."""
    given = change.model_dump(exclude_none=True)
    if given.keys() & {"name", "address"}:
        rules.check_unlocked(await queries.list_levels(session, site))
    before = changes.fields_of(site, "name", "address", "is_shared")
    for name, value in given.items():
        setattr(site, name, value)
    await session.flush()
    await _record(
        session,
        actor,
        "change_site",
        site,
        before=before,
        after=changes.fields_of(site, "name", "address", "is_shared"),
    )


async def add_room(session: AsyncSession, actor: Actor, *, site_id: UUID, wish: RoomIn) -> AssessmentSite:
    """Add a room to a site."""
    site = await queries.get_own_site(session, actor, site_id)
    if any(room.code == wish.code for room in await queries.list_rooms(session, site)):
        raise RoomCodeTaken(room_code=wish.code)
    room = _room(site, wish)
    session.add(room)
    await session.flush()
    await _record(session, actor, "add_room", site, after=changes.fields_of(room, *_ROOM_FIELDS))
    return site


async def change_room(
    session: AsyncSession, actor: Actor, *, site: AssessmentSite, room_id: UUID, wish: RoomIn
) -> None:
    """Write a room of a locked site anew; what was applied for still has to find its seats."""
    rooms = await queries.list_rooms(session, site)
    room = next((each for each in rooms if each.id == room_id), None)
    if room is None:
        raise NotFound(what="room", zh="考场")
    if any(each.code == wish.code and each.id != room.id for each in rooms):
        raise RoomCodeTaken(room_code=wish.code)
    before = changes.fields_of(room, *_ROOM_FIELDS)
    for name, value in wish.model_dump().items():
        setattr(room, name, value)
    rules.check_rooms(await queries.list_levels(session, site), rooms)
    await session.flush()
    await _record(session, actor, "change_room", site, before=before, after=changes.fields_of(room, *_ROOM_FIELDS))


def _room(site: AssessmentSite, wish: RoomIn) -> Room:
    return Room(institution_id=site.institution_id, site_id=site.id, **wish.model_dump())


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    site: AssessmentSite,
    *,
    before: audit.State | None = None,
    after: audit.State | None = None,
    **detail: object,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=site.institution_id,
        object_kind=AUDIT_KIND,
        object_id=site.id,
        detail={"site": site.code} | detail,
        before=before,
        after=after,
    )

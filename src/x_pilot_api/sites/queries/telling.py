"""Telling sites with all that belongs to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate, CertificateLevel
from x_pilot_api.core.actors import Actor
from x_pilot_api.identity.models import Institution
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.registry.models import College
from x_pilot_api.sites import rules
from x_pilot_api.sites.models import AssessmentSite, Room, RoomKind, SiteLevel, SiteLevelState
from x_pilot_api.sites.schemas import RoomOut, SiteLevelOut, SiteOut


@dataclass(frozen=True)
class _Gathered:
    site: AssessmentSite
    institution_name: str
    college_name: str
    rooms: list[Room] = field(default_factory=list[Room])
    levels: list[tuple[SiteLevel, str, str]] = field(default_factory=list[tuple[SiteLevel, str, str]])
    """Each with the certificate's name and the level's code."""


async def describe_sites(
    session: AsyncSession, actor: Actor, sites: Sequence[AssessmentSite], *, today: date
) -> list[SiteOut]:
    """Tell sites with their rooms and levels, in four statements however many they are."""
    return [_told(actor, gathered, today=today) for gathered in await _gather(session, sites)]


async def _gather(session: AsyncSession, sites: Sequence[AssessmentSite]) -> list[_Gathered]:
    keys = [(site.institution_id, site.id) for site in sites]
    schools = await session.execute(
        select(Institution.id, Institution.name).where(Institution.id.in_({site.institution_id for site in sites}))
    )
    schools_named = {row.id: row.name for row in schools}
    colleges = await session.execute(
        select(College.institution_id, College.id, College.name).where(
            tuple_(College.institution_id, College.id).in_([(site.institution_id, site.college_id) for site in sites])
        )
    )
    colleges_named = {(row.institution_id, row.id): row.name for row in colleges}
    told = {
        (site.institution_id, site.id): _Gathered(
            site, schools_named[site.institution_id], colleges_named[site.institution_id, site.college_id]
        )
        for site in sites
    }
    rooms = await session.scalars(
        select(Room).where(tuple_(Room.institution_id, Room.site_id).in_(keys)).order_by(Room.code)
    )
    for room in rooms:
        told[room.institution_id, room.site_id].rooms.append(room)
    levels = await session.execute(
        select(SiteLevel, Certificate.name, CertificateLevel.level)
        .join(CertificateLevel, CertificateLevel.id == SiteLevel.certificate_level_id)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .where(tuple_(SiteLevel.institution_id, SiteLevel.site_id).in_(keys))
        .order_by(Certificate.name, CertificateLevel.level)
    )
    for level, name, code in levels.all():
        told[level.institution_id, level.site_id].levels.append((level, name, code))
    return list(told.values())


def _told(actor: Actor, gathered: _Gathered, *, today: date) -> SiteOut:
    it = gathered.site
    offers = rules.runs(actor, it) and actor.may(Permission.SITES_APPLY)
    return SiteOut(
        id=it.id,
        institution_id=it.institution_id,
        institution_name=gathered.institution_name,
        organisation_id=it.organisation_id,
        college_id=it.college_id,
        college_name=gathered.college_name,
        code=it.code,
        name=it.name,
        address=it.address,
        is_shared=it.is_shared,
        state=rules.site_state(level for level, _, _ in gathered.levels),
        seats=rules.seats_of(gathered.rooms),
        rooms=[_room(room) for room in gathered.rooms],
        levels=[
            SiteLevelOut(
                certificate_level_id=level.certificate_level_id,
                certificate_name=name,
                level=code,
                state=SiteLevelState(level.state),
                is_valid=rules.is_valid(level, on=today),
                capacity=level.capacity,
                valid_from=level.valid_from,
                valid_to=level.valid_to,
                reason=level.reason,
                applied_at=level.applied_at,
                decided_at=level.decided_at,
                allowed_deeds=rules.allowed_deeds(actor, it, level),
            )
            for level, name, code in gathered.levels
        ],
        allowed_deeds=["change", "add_room", "change_room", "apply"] if offers else [],
    )


def _room(room: Room) -> RoomOut:
    return RoomOut(
        id=room.id,
        code=room.code,
        name=room.name,
        kind=RoomKind(room.kind),
        seats=room.seats,
        computers=room.computers,
        equipment=room.equipment,
        is_open=room.is_open,
    )

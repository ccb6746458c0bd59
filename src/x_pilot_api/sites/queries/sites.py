"""Reading sites; who may see which is decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate, CertificateLevel
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Institution, Role
from x_pilot_api.registry.models import College
from x_pilot_api.sites import rules
from x_pilot_api.sites.models import AssessmentSite, Room, SiteLevel, SiteLevelState

_OFFICE = frozenset({Role.REGISTRAR, Role.AUDITOR})


@dataclass(frozen=True)
class Described:
    """One site with its rooms and levels and the names of what it connects."""

    site: AssessmentSite
    institution_name: str
    college_name: str
    rooms: list[Room] = field(default_factory=list[Room])
    levels: list[tuple[SiteLevel, str, str]] = field(default_factory=list[tuple[SiteLevel, str, str]])
    """Each with the certificate's name and the level's code."""


def visible_sites(actor: Actor) -> Select[AssessmentSite]:
    """Select the sites an actor may see.

    An organisation those offered to it, an office all of its institution's, a college's staff their own and shared ones.
    """
    bounds: list[ColumnElement[bool]] = [false()]
    if actor.organisation_id is not None:
        bounds.append(AssessmentSite.organisation_id == actor.organisation_id)
    if actor.institution_id is not None:
        here = AssessmentSite.institution_id == actor.institution_id
        if not actor.roles & _OFFICE:
            here &= AssessmentSite.college_id.in_(actor.college_ids) | AssessmentSite.is_shared
        bounds.append(here)
    return select(AssessmentSite).where(or_(*bounds))


async def get_site(session: AsyncSession, actor: Actor, site_id: UUID, *, lock: bool = False) -> AssessmentSite:
    """Read one visible site, locked when it or its levels are to be changed."""
    statement = visible_sites(actor).where(AssessmentSite.id == site_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    found = (await session.scalars(statement)).one_or_none()
    if found is None:
        raise NotFound(what="assessment site", zh="考核站点")
    return found


async def get_own_site(session: AsyncSession, actor: Actor, site_id: UUID) -> AssessmentSite:
    """Lock a site that the actor offers."""
    site = await get_site(session, actor, site_id, lock=True)
    if not rules.runs(actor, site):
        raise NotFound(what="assessment site", zh="考核站点")
    return site


async def lock_level(session: AsyncSession, site: AssessmentSite, certificate_level_id: UUID) -> SiteLevel:
    """Lock a site's application for one level; the site is locked before."""
    statement = (
        select(SiteLevel)
        .where(
            SiteLevel.institution_id == site.institution_id,
            SiteLevel.site_id == site.id,
            SiteLevel.certificate_level_id == certificate_level_id,
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    found = (await session.scalars(statement)).one_or_none()
    if found is None:
        raise NotFound(what="level of the site", zh="站点申报的等级")
    return found


async def list_sites(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    certificate_level_id: UUID | None,
    state: SiteLevelState | None,
    wish: PageWish,
) -> tuple[Sequence[AssessmentSite], str | None]:
    """List visible sites, the oldest first; by what a level of theirs stands at, if asked."""
    statement = visible_sites(actor)
    if college_id is not None:
        statement = statement.where(AssessmentSite.college_id == college_id)
    if certificate_level_id is not None or state is not None:
        fits = select(SiteLevel.id).where(
            SiteLevel.institution_id == AssessmentSite.institution_id, SiteLevel.site_id == AssessmentSite.id
        )
        if certificate_level_id is not None:
            fits = fits.where(SiteLevel.certificate_level_id == certificate_level_id)
        if state is not None:
            fits = fits.where(SiteLevel.state == state)
        statement = statement.where(fits.exists())
    return await page_of(session, statement, order=(AssessmentSite.id,), wish=wish)


async def list_rooms(session: AsyncSession, site: AssessmentSite) -> list[Room]:
    """List a site's rooms by their codes."""
    statement = (
        select(Room).where(Room.institution_id == site.institution_id, Room.site_id == site.id).order_by(Room.code)
    )
    return list((await session.scalars(statement)).all())


async def list_levels(session: AsyncSession, site: AssessmentSite) -> list[SiteLevel]:
    """List what a site applied for."""
    statement = select(SiteLevel).where(SiteLevel.institution_id == site.institution_id, SiteLevel.site_id == site.id)
    return list((await session.scalars(statement.order_by(SiteLevel.id))).all())


async def describe(session: AsyncSession, sites: Sequence[AssessmentSite]) -> list[Described]:
    """Tell sites with all that belongs to them, in four statements however many they are."""
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
        (site.institution_id, site.id): Described(
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
    for level, name, code in levels.tuples():
        told[level.institution_id, level.site_id].levels.append((level, name, code))
    return list(told.values())

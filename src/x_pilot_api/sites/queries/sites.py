"""Reading sites; who may see which is decided here."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.sites import rules
from x_pilot_api.sites.models import AssessmentSite, Room, SiteLevel, SiteLevelState

_OFFICE = frozenset({Role.REGISTRAR, Role.AUDITOR})


def visible_sites(actor: Actor) -> Select[AssessmentSite]:
    """Select the sites an actor may see.

    An organisation those offered to it, an office its institution's, a college's staff their own and shared ones.
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
    return await lookups.get_one(session, statement, what="assessment site", zh="考核站点")


async def get_own_site(session: AsyncSession, actor: Actor, site_id: UUID) -> AssessmentSite:
    """Lock a site that the actor offers."""
    site = await get_site(session, actor, site_id, lock=True)
    if not rules.runs(actor, site):
        raise NotFound(what="assessment site", zh="考核站点")
    return site


async def lock_level(session: AsyncSession, site: AssessmentSite, certificate_level_id: UUID) -> SiteLevel:
    """Lock a site's application for one level; the site is locked before."""
    statement = select(SiteLevel).where(
        SiteLevel.institution_id == site.institution_id,
        SiteLevel.site_id == site.id,
        SiteLevel.certificate_level_id == certificate_level_id,
    )
    return await lookups.get_one(session, statement, what="level of the site", zh="站点申报的等级", lock=True)


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


async def hold_site(session: AsyncSession, *, institution_id: UUID, site_id: UUID) -> AssessmentSite | None:
    """Read a site so that nobody decides on it or changes its rooms before the end of the transaction."""
    statement = (
        select(AssessmentSite)
        .where(AssessmentSite.institution_id == institution_id, AssessmentSite.id == site_id)
        .with_for_update(read=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def find_level(
    session: AsyncSession, *, institution_id: UUID, site_id: UUID, certificate_level_id: UUID
) -> SiteLevel | None:
    """Find what a site and a level have come to."""
    statement = select(SiteLevel).where(
        SiteLevel.institution_id == institution_id,
        SiteLevel.site_id == site_id,
        SiteLevel.certificate_level_id == certificate_level_id,
    )
    return (await session.scalars(statement)).one_or_none()


async def find_rooms(session: AsyncSession, *, institution_id: UUID, site_id: UUID) -> dict[UUID, Room]:
    """Find a site's rooms by their ids."""
    statement = select(Room).where(Room.institution_id == institution_id, Room.site_id == site_id)
    return {room.id: room for room in await session.scalars(statement)}

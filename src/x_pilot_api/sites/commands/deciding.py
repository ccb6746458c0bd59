"""Deciding on a site's application for a level, and what its college does about that."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.sites import queries, rules
from x_pilot_api.sites.commands import recording
from x_pilot_api.sites.models import AssessmentSite
from x_pilot_api.sites.rules import WORKFLOW
from x_pilot_api.sites.schemas import ApplicationIn, SiteApprovalIn


async def apply_again(
    session: AsyncSession, actor: Actor, *, site_id: UUID, level_id: UUID, wish: ApplicationIn
) -> AssessmentSite:
    """Apply anew after a refusal or withdrawal, or correct an application that is not decided."""
    site = await queries.get_own_site(session, actor, site_id)
    level = await queries.lock_level(session, site, level_id)
    target = WORKFLOW.target_of("apply_again", state=level.state)
    rules.check_capacity(wish.capacity, await queries.list_rooms(session, site))
    before = recording.standing(level)
    level.state, level.capacity, level.valid_from, level.valid_to = target, *_figures(wish)
    level.applied_by, level.applied_at = actor.id, clock.now()
    level.decided_by = level.decided_at = level.reason = None
    await recording.record_level(session, actor, "apply_again", site=site, level=level, before=before)
    return site


def _figures(wish: ApplicationIn) -> tuple[int, date, date]:
    return wish.capacity, wish.valid_from, wish.valid_to


async def approve_level(
    session: AsyncSession, actor: Actor, *, site_id: UUID, level_id: UUID, wish: SiteApprovalIn, today: date
) -> AssessmentSite:
    """Let a site examine a level for a period, which may be less than was applied for."""
    site = await _offered_site(session, actor, site_id)
    level = await queries.lock_level(session, site, level_id)
    target = WORKFLOW.target_of("approve", state=level.state)
    capacity = wish.capacity or level.capacity
    first, last = wish.valid_from or level.valid_from, wish.valid_to or level.valid_to
    rules.check_capacity(capacity, await queries.list_rooms(session, site))
    rules.check_period(last, today=max(today, first))
    before = recording.standing(level)
    level.state, level.capacity, level.valid_from, level.valid_to = target, capacity, first, last
    level.reason, level.decided_by, level.decided_at = wish.remark, actor.id, clock.now()
    await recording.record_level(session, actor, "approve", site=site, level=level, before=before)
    return site


async def prolong_level(
    session: AsyncSession, actor: Actor, *, site_id: UUID, level_id: UUID, valid_to: date, today: date
) -> AssessmentSite:
    """Let an approval hold to another last day."""
    site = await _offered_site(session, actor, site_id)
    level = await queries.lock_level(session, site, level_id)
    target = WORKFLOW.target_of("prolong", state=level.state)
    rules.check_period(valid_to, today=max(today, level.valid_from, level.valid_to))
    before = recording.standing(level)
    level.state, level.valid_to, level.decided_by, level.decided_at = target, valid_to, actor.id, clock.now()
    await recording.record_level(session, actor, "prolong", site=site, level=level, before=before)
    return site


async def refuse_level(
    session: AsyncSession, actor: Actor, *, site_id: UUID, level_id: UUID, reason: str
) -> AssessmentSite:
    """Refuse an application, with a reason."""
    return await _decide(session, actor, "refuse", site_id=site_id, level_id=level_id, reason=reason)


async def suspend_level(
    session: AsyncSession, actor: Actor, *, site_id: UUID, level_id: UUID, reason: str
) -> AssessmentSite:
    """Take no new sittings at a site for a level until it is resumed."""
    return await _decide(session, actor, "suspend", site_id=site_id, level_id=level_id, reason=reason)


async def resume_level(
    session: AsyncSession, actor: Actor, *, site_id: UUID, level_id: UUID, reason: str
) -> AssessmentSite:
    """Let a suspended site examine the level again."""
    return await _decide(session, actor, "resume", site_id=site_id, level_id=level_id, reason=reason)


async def _decide(
    session: AsyncSession, actor: Actor, deed: str, *, site_id: UUID, level_id: UUID, reason: str
) -> AssessmentSite:
    site = await _offered_site(session, actor, site_id)
    level = await queries.lock_level(session, site, level_id)
    target = WORKFLOW.target_of(deed, state=level.state)
    before = recording.standing(level)
    level.state, level.reason, level.decided_by, level.decided_at = target, reason, actor.id, clock.now()
    await recording.record_level(session, actor, deed, site=site, level=level, before=before)
    return site


async def withdraw_level(
    session: AsyncSession, actor: Actor, *, site_id: UUID, level_id: UUID, reason: str
) -> AssessmentSite:
    """Take an offer back; what was arranged there stays arranged."""
    site = await queries.get_own_site(session, actor, site_id)
    level = await queries.lock_level(session, site, level_id)
    target = WORKFLOW.target_of("withdraw", state=level.state)
    before = recording.standing(level)
    level.state, level.reason = target, reason
    await recording.record_level(session, actor, "withdraw", site=site, level=level, before=before)
    return site


async def _offered_site(session: AsyncSession, actor: Actor, site_id: UUID) -> AssessmentSite:
    """Lock a site that was offered to the actor's organisation."""
    site = await queries.get_site(session, actor, site_id, lock=True)
    if site.organisation_id != actor.organisation_id:
        raise NotFound(what="assessment site", zh="考核站点")
    return site

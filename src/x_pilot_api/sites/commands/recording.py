"""Putting a deed on an application on record, and telling the organisation of it."""

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.sites.models import AssessmentSite, SiteLevel
from x_pilot_api.sites.rules import AUDIT_KIND


def standing(level: SiteLevel) -> audit.State:
    """Take what an application comes down to."""
    return changes.fields_of(level, "state", "capacity", "valid_from", "valid_to")


async def record_level(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    *,
    site: AssessmentSite,
    level: SiteLevel,
    before: audit.State | None,
) -> None:
    """Write a deed on one level down and announce it."""
    await session.flush()
    await audit.record(
        session,
        actor,
        f"{deed}_site_level",
        institution_id=site.institution_id,
        object_kind=AUDIT_KIND,
        object_id=site.id,
        detail={"certificate_level_id": str(level.certificate_level_id), "site": site.code},
        before=before,
        after=standing(level),
    )
    await outbox.announce(
        session,
        actor,
        institution_id=site.institution_id,
        organisation_id=site.organisation_id,
        kind=EventKind.SITE_LEVEL_CHANGED,
        object_kind=AUDIT_KIND,
        object_id=site.id,
        data={
            "deed": deed,
            "code": site.code,
            "certificate_level_id": level.certificate_level_id,
            "state": level.state,
            "capacity": level.capacity,
            "valid_from": level.valid_from,
            "valid_to": level.valid_to,
        },
    )

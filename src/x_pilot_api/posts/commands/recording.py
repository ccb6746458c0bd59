"""Putting a deed on a working group on record, in its own timeline and in the audit."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.posts.models import WorkingGroup, WorkingGroupDeed
from x_pilot_api.posts.rules import groups as rules


def standing(group: WorkingGroup) -> audit.State:
    """Take what a group comes down to."""
    return changes.fields_of(group, "state", "established_on", "document", "dissolved_on", "end_document")


async def record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    group: WorkingGroup,
    *,
    effective_on: date,
    before: audit.State | None,
    document: str | None = None,
    note: str | None = None,
    detail: JsonObject | None = None,
) -> None:
    """Write a deed down; what it changed is told in counts."""
    group.deeds += 1
    await session.flush()
    session.add(
        WorkingGroupDeed(
            institution_id=group.institution_id,
            working_group_id=group.id,
            number=group.deeds,
            deed=deed,
            effective_on=effective_on,
            document=document,
            note=note,
            detail=detail or {},
            actor_id=actor.id,
        )
    )
    await session.flush()
    await audit.record(
        session,
        actor,
        f"{deed}_working_group",
        institution_id=group.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=group.id,
        detail={"effective_on": effective_on.isoformat()} | (detail or {}),
        before=before,
        after=standing(group),
    )

"""Granting what a programme's accepted data ask for: participation is made where there is none, and adjusted else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.participations import queries, rules
from x_pilot_api.participations.commands import deciding
from x_pilot_api.participations.errors import ParticipationNotAdmitted
from x_pilot_api.participations.models import Participation, ParticipationState
from x_pilot_api.participations.rules import WORKFLOW


@dataclass(frozen=True)
class Grant:
    """What was asked for one level, and what of it is granted."""

    quota_asked: int
    quota: int


@dataclass(frozen=True)
class Place:
    """Which programme takes part in which year, and who asked for it."""

    institution_id: UUID
    academic_year: str
    college_id: UUID
    programme_id: UUID
    asked_by: UUID


async def grant_participations(
    session: AsyncSession,
    actor: Actor,
    *,
    place: Place,
    grants: Mapping[UUID, Grant],
    decision_document: str,
    today: date,
) -> list[Participation]:
    """Let a programme take part with levels in a year by one document; none is granted unless all can be."""
    known = await _lock(session, place, level_ids=list(grants))
    granted: list[Participation] = []
    for level_id, grant in sorted(grants.items()):
        if not await queries.is_admitted(
            session,
            institution_id=place.institution_id,
            college_id=place.college_id,
            certificate_level_id=level_id,
            on=today,
        ):
            raise ParticipationNotAdmitted(today=today.isoformat())
        it = known.get(level_id)
        before = None if it is None else changes.fields_of(it, "state", "quota_asked", "quota", "decision_document")
        if it is None:
            it = _new(place, level_id)
            session.add(it)
        rules.check_quota(it, grant.quota)
        it.state = WORKFLOW.target_of("grant", state=it.state)
        it.quota_asked, it.quota, it.decision_document = grant.quota_asked, grant.quota, decision_document
        await deciding.record(session, actor, it, "grant", before=before, reason=None)
        granted.append(it)
    await deciding.grant_guarantees(session, institution_id=place.institution_id)
    return granted


def _new(place: Place, level_id: UUID) -> Participation:
    return Participation(
        institution_id=place.institution_id,
        academic_year=place.academic_year,
        certificate_level_id=level_id,
        college_id=place.college_id,
        programme_id=place.programme_id,
        state=ParticipationState.ASKED,
        asked_by=place.asked_by,
        taken=0,
        decisions=0,
    )


async def _lock(session: AsyncSession, place: Place, *, level_ids: list[UUID]) -> dict[UUID, Participation]:
    statement = (
        select(Participation)
        .where(
            Participation.institution_id == place.institution_id,
            Participation.academic_year == place.academic_year,
            Participation.programme_id == place.programme_id,
            Participation.certificate_level_id.in_(level_ids),
        )
        .order_by(Participation.id)
        .with_for_update(key_share=True)
    )
    return {found.certificate_level_id: found for found in (await session.scalars(statement)).all()}

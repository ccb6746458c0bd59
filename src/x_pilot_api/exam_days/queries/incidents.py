"""Reading incidents, and what follows from them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups, texts
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exam_days.models import Consequence, ExamIncident, IncidentCategory, IncidentConsequence, IncidentState
from x_pilot_api.exam_days.queries import sittings
from x_pilot_api.exam_days.rules import incidents as rules
from x_pilot_api.exam_days.schemas import IncidentKindOut, IncidentOut
from x_pilot_api.exams.models import ExamSitting

CONTEXT = "exam_incidents"
"""What a sealed note belongs to."""


def incidents_visible_to(actor: Actor) -> Select[ExamIncident]:
    """Select the incidents an actor sees: an organisation its own, an institution's people those of their sittings."""
    if actor.organisation_id is not None:
        return select(ExamIncident).where(ExamIncident.organisation_id == actor.organisation_id)
    if actor.institution_id is None:
        return select(ExamIncident).where(false())
    visible = sittings.sittings_visible_to(actor).with_only_columns(ExamSitting.id)
    return select(ExamIncident).where(
        ExamIncident.institution_id == actor.institution_id, ExamIncident.sitting_id.in_(visible)
    )


async def get_incident(session: AsyncSession, actor: Actor, incident_id: UUID, *, lock: bool = False) -> ExamIncident:
    """Read one visible incident."""
    wanted = incidents_visible_to(actor).where(ExamIncident.id == incident_id)
    return await lookups.get_one(session, wanted.with_for_update() if lock else wanted, what="incident", zh="考务事件")


async def list_incidents(
    session: AsyncSession, actor: Actor, sitting: ExamSitting, *, state: IncidentState | None, wish: PageWish
) -> tuple[Sequence[ExamIncident], str | None]:
    """List the incidents of a sitting, oldest first."""
    wanted = incidents_visible_to(actor).where(
        ExamIncident.institution_id == sitting.institution_id, ExamIncident.sitting_id == sitting.id
    )
    if state is not None:
        wanted = wanted.where(ExamIncident.state == state)
    return await page_of(session, wanted, order=[ExamIncident.id], wish=wish)


async def find_incidents(
    session: AsyncSession, actor: Actor, *, state: IncidentState | None, wish: PageWish
) -> tuple[Sequence[ExamIncident], str | None]:
    """List the incidents of every sitting that an actor sees, oldest first."""
    wanted = incidents_visible_to(actor)
    if state is not None:
        wanted = wanted.where(ExamIncident.state == state)
    return await page_of(session, wanted, order=[ExamIncident.id], wish=wish)


async def tell_incidents(
    session: AsyncSession, actor: Actor, incidents: Sequence[ExamIncident], *, sealer: Sealer
) -> list[IncidentOut]:
    """Tell incidents with how many are concerned, in one statement however many they are."""
    counted = await session.execute(
        select(IncidentConsequence.incident_id, func.count())
        .where(
            IncidentConsequence.institution_id.in_({it.institution_id for it in incidents}),
            IncidentConsequence.incident_id.in_([it.id for it in incidents]),
        )
        .group_by(IncidentConsequence.incident_id)
    )
    concerned: dict[Any, int] = {row[0]: row[1] for row in counted.all()}
    return [_told(actor, it, sealer, concerned.get(it.id, 0)) for it in incidents]


def _told(actor: Actor, it: ExamIncident, sealer: Sealer, concerned: int) -> IncidentOut:
    return IncidentOut(
        id=it.id,
        institution_id=it.institution_id,
        sitting_id=it.sitting_id,
        room_id=it.room_id,
        registration_id=it.registration_id,
        category=IncidentCategory(it.category),
        occurred_at=it.occurred_at,
        note=sealer.open(it.sealed_note, key_id=it.key_id, context=CONTEXT).decode(),
        consequence=Consequence(it.consequence),
        minutes=it.minutes,
        state=IncidentState(it.state),
        reported_at=it.reported_at,
        decided_at=it.decided_at,
        decision=it.decision,
        concerned=concerned,
        allowed_deeds=rules.allowed_deeds(actor, it),
    )


def describe_kinds() -> list[IncidentKindOut]:
    """Tell every category: whom it concerns and what can follow."""
    return [
        IncidentKindOut(
            category=category,
            name=texts.in_both(kind.name),
            of_a_candidate=kind.of_a_candidate,
            usual_consequence=kind.usual,
            possible_consequences=[found for found in Consequence if found in kind.possible],
        )
        for category, kind in rules.KINDS.items()
    ]


async def consequences_of(
    session: AsyncSession, *, institution_id: UUID, registration_ids: Sequence[UUID]
) -> Sequence[Row[UUID, str, int | None]]:
    """Read what confirmed incidents mean for registrations: whether the guarantee comes back, a result is void, …."""
    found = await session.execute(
        select(IncidentConsequence.registration_id, IncidentConsequence.kind, IncidentConsequence.minutes)
        .where(
            and_(
                IncidentConsequence.institution_id == institution_id,
                IncidentConsequence.registration_id.in_(registration_ids),
            )
        )
        .order_by(IncidentConsequence.id)
    )
    return found.all()

"""Finding publicity and trainings, and summing them up."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.guidance.models import (
    AdministratorTraining,
    AdministratorTrainingPerson,
    PolicyPublicity,
    PublicityChannel,
)
from x_pilot_api.guidance.queries import reach
from x_pilot_api.guidance.rules.reach import is_own
from x_pilot_api.guidance.schemas.outreach import (
    AdministratorTrainingOut,
    PolicyPublicityOut,
    PublicitySumOut,
    PublicitySumsOut,
    TrainingPersonOut,
)


def _days_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _publicities(
    actor: Actor, *, year: int | None, college_id: UUID | None, channel: PublicityChannel | None
) -> Select[PolicyPublicity]:
    statement = reach.visible_to(actor, PolicyPublicity)
    if year is not None:
        statement = statement.where(PolicyPublicity.held_on.between(*_days_of(year)))
    if college_id is not None:
        statement = statement.where(PolicyPublicity.college_id == college_id)
    if channel is not None:
        statement = statement.where(PolicyPublicity.channel == channel)
    return statement


async def list_publicities(
    session: AsyncSession,
    actor: Actor,
    *,
    year: int | None,
    college_id: UUID | None,
    channel: PublicityChannel | None,
    wish: PageWish,
) -> tuple[Sequence[PolicyPublicity], str | None]:
    """List visible occasions of publicity by their day."""
    statement = _publicities(actor, year=year, college_id=college_id, channel=channel)
    return await page_of(session, statement, order=(PolicyPublicity.held_on, PolicyPublicity.id), wish=wish)


async def describe_publicities(
    session: AsyncSession, actor: Actor, rows: Sequence[PolicyPublicity]
) -> list[PolicyPublicityOut]:
    """Tell occasions of publicity."""
    colleges = await reach.name_colleges(session, actor.institution_id, {row.college_id for row in rows})
    return [
        PolicyPublicityOut(
            id=row.id,
            college_id=row.college_id,
            college_name=colleges.get(row.college_id),
            title=row.title,
            policy_reference=row.policy_reference,
            channel=PublicityChannel(row.channel),
            held_on=row.held_on,
            reach=row.reach,
            counted_by=row.counted_by,
            is_own=is_own(actor, row.college_id),
        )
        for row in rows
    ]


async def sum_publicities(session: AsyncSession, actor: Actor, *, year: int) -> PublicitySumsOut:
    """Sum a year's publicity up by college and channel."""
    seen = _publicities(actor, year=year, college_id=None, channel=None).subquery()
    statement = (
        select(
            seen.c.college_id, seen.c.channel, func.count().label("occasions"), func.sum(seen.c.reach).label("reach")
        )
        .group_by(seen.c.college_id, seen.c.channel)
        .order_by(seen.c.college_id, seen.c.channel)
    )
    rows = (await session.execute(statement)).all()
    colleges = await reach.name_colleges(session, actor.institution_id, {row.college_id for row in rows})
    sums = [
        PublicitySumOut(
            college_id=row.college_id,
            college_name=colleges.get(row.college_id),
            channel=PublicityChannel(row.channel),
            occasions=row.occasions,
            reach=int(row.reach),
        )
        for row in rows
    ]
    return PublicitySumsOut(
        year=year, occasions=sum(it.occasions for it in sums), reach=sum(it.reach for it in sums), sums=sums
    )


async def list_trainings(
    session: AsyncSession, actor: Actor, *, year: int | None, college_id: UUID | None, wish: PageWish
) -> tuple[Sequence[AdministratorTraining], str | None]:
    """List visible trainings by their day."""
    statement = reach.visible_to(actor, AdministratorTraining)
    if year is not None:
        statement = statement.where(AdministratorTraining.held_on.between(*_days_of(year)))
    if college_id is not None:
        statement = statement.where(AdministratorTraining.college_id == college_id)
    return await page_of(session, statement, order=(AdministratorTraining.held_on, AdministratorTraining.id), wish=wish)


async def describe_trainings(
    session: AsyncSession, actor: Actor, rows: Sequence[AdministratorTraining]
) -> list[AdministratorTrainingOut]:
    """Tell trainings with everybody who was invited."""
    statement = select(AdministratorTrainingPerson).where(
        AdministratorTrainingPerson.institution_id == actor.institution_id,
        AdministratorTrainingPerson.training_id.in_(reach.ids_of(rows)),
    )
    invited = (await session.scalars(statement.execution_options(populate_existing=True))).all()
    people = await reach.name_people(session, {each.person_id for each in invited})
    colleges = await reach.name_colleges(session, actor.institution_id, {row.college_id for row in rows})
    told: list[AdministratorTrainingOut] = []
    for row in rows:
        parts = [
            TrainingPersonOut(person_id=it.person_id, person_name=people[it.person_id], took_part=it.took_part)
            for it in invited
            if it.training_id == row.id
        ]
        parts.sort(key=lambda it: (it.person_name, it.person_id))
        told.append(
            AdministratorTrainingOut(
                id=row.id,
                college_id=row.college_id,
                college_name=colleges.get(row.college_id),
                subject=row.subject,
                held_on=row.held_on,
                hours_tenths=row.hours_tenths,
                trainer=row.trainer,
                material=row.material,
                invited=len(parts),
                took_part=sum(it.took_part for it in parts),
                people=parts,
                is_own=is_own(actor, row.college_id),
            )
        )
    return told

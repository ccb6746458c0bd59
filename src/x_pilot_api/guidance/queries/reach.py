"""Who sees which part of guidance: an office all of its institution, a coordinator their colleges and the office."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.guidance.models import (
    AdministratorTraining,
    Consultation,
    Correspondence,
    FollowUp,
    OutsideParty,
    PilotProblem,
    PolicyPublicity,
    Survey,
    TrainingDemand,
)
from x_pilot_api.guidance.rules import reach
from x_pilot_api.identity.models import Person, Role
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import College

_OFFICES = frozenset({Role.REGISTRAR, Role.AUDITOR})

_OfCollege = (
    AdministratorTraining | Consultation | Correspondence | PilotProblem | PolicyPublicity | Survey | TrainingDemand
)
_Row = TypeVar("_Row", AdministratorTraining, Consultation, Correspondence, PolicyPublicity, Survey, TrainingDemand)


def _own(actor: Actor, table: type[_OfCollege]) -> ColumnElement[bool]:
    """Say which rows are of the actor's colleges, or the office's that all of them read."""
    return or_(table.college_id.is_(None), table.college_id.in_(actor.college_ids))


def visible_to(actor: Actor, table: type[_Row]) -> Select[_Row]:
    """Select the rows of a table an actor may see; who owns what follows from a consultation sees that too."""
    here: ColumnElement[bool] = (
        false() if actor.institution_id is None else table.institution_id == actor.institution_id
    )
    found = select(table).where(here)
    if actor.roles & _OFFICES:
        return found
    if table is Consultation:
        owned = select(FollowUp.consultation_id).where(
            FollowUp.institution_id == actor.institution_id, FollowUp.owner_id == actor.id
        )
        return found.where(or_(_own(actor, table), table.id.in_(owned)))
    return found.where(_own(actor, table))


def problems_visible_to(actor: Actor) -> Select[PilotProblem]:
    """Select the problems an actor may see: an office all, a coordinator their colleges', anybody their own."""
    if actor.institution_id is None:
        return select(PilotProblem).where(false())
    found = select(PilotProblem).where(PilotProblem.institution_id == actor.institution_id)
    if actor.roles & _OFFICES:
        return found
    return found.where(
        or_(
            PilotProblem.college_id.in_(actor.college_ids),
            PilotProblem.raised_by == actor.id,
            PilotProblem.owner_id == actor.id,
        )
    )


def parties_visible_to(actor: Actor) -> Select[OutsideParty]:
    """Select the register of outside parties, which all who consult read."""
    if actor.institution_id is None:
        return select(OutsideParty).where(false())
    return select(OutsideParty).where(OutsideParty.institution_id == actor.institution_id)


def follow_ups_visible_to(actor: Actor) -> Select[FollowUp]:
    """Select what follows from the consultations an actor sees."""
    if actor.institution_id is None:
        return select(FollowUp).where(false())
    seen = visible_to(actor, Consultation).with_only_columns(Consultation.id)
    return select(FollowUp).where(FollowUp.institution_id == actor.institution_id, FollowUp.consultation_id.in_(seen))


_WORDS: dict[type[Any], tuple[str, str]] = {
    AdministratorTraining: ("training", "培训"),
    Consultation: ("consultation", "会商"),
    Correspondence: ("correspondence", "往来"),
    PolicyPublicity: ("publicity", "政策宣传"),
    Survey: ("survey", "调查"),
    TrainingDemand: ("training demand", "培训需求"),
}


async def get_row(session: AsyncSession, actor: Actor, table: type[_Row], row_id: UUID) -> _Row:
    """Read one visible row."""
    what, zh = _WORDS[table]
    return await lookups.get_one(session, visible_to(actor, table).where(table.id == row_id), what=what, zh=zh)


async def lock_own(session: AsyncSession, actor: Actor, table: type[_Row], row_id: UUID) -> _Row:
    """Lock one row that is the actor's to write, and read it as it is now."""
    what, zh = _WORDS[table]
    wanted = visible_to(actor, table).where(table.id == row_id)
    found = await lookups.get_one(session, wanted, what=what, zh=zh, lock=True)
    if not reach.is_own(actor, found.college_id):
        raise NotFound(what=what, zh=zh)
    return found


async def check_college(session: AsyncSession, actor: Actor, college_id: UUID | None) -> UUID:
    """Tell the institution something is recorded in, if it is the actor's to record there."""
    if actor.institution_id is None or not reach.is_own(actor, college_id):
        raise NotFound(what="college", zh="二级学院")
    if college_id is not None:
        await registry.get_own_college(session, actor, college_id)
    return actor.institution_id


async def name_people(session: AsyncSession, ids: Collection[UUID | None]) -> dict[UUID | None, str]:
    """Name some persons."""
    found = await session.execute(select(Person.id, Person.name).where(Person.id.in_([each for each in ids if each])))
    return {row.id: row.name for row in found}


async def name_colleges(
    session: AsyncSession, institution_id: UUID | None, ids: Collection[UUID | None]
) -> dict[UUID | None, str]:
    """Name some colleges of one institution."""
    statement = select(College.id, College.name).where(
        College.institution_id == institution_id, College.id.in_([each for each in ids if each])
    )
    return {row.id: row.name for row in await session.execute(statement)}


def ids_of(rows: Sequence[Any]) -> list[UUID]:
    """List the ids of some rows."""
    return [row.id for row in rows]

"""Finding who can hold a post or be in a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.identity.models import Membership, Person, Role
from x_pilot_api.posts.errors import HolderNotFit
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Teacher


@dataclass(frozen=True)
class Holder:
    """Somebody named: a teacher, a person who is none, or somebody of another unit."""

    teacher_id: UUID | None = None
    person_id: UUID | None = None
    outsider_name: str | None = None
    outsider_unit: str | None = None


async def find_holders(session: AsyncSession, actor: Actor, wishes: Sequence[Holder]) -> list[Holder]:
    """Find everybody named, in two statements; a person who signs in as a teacher is that teacher.

    Persons beside the register's teachers are an office's to name, as only an office sees them.
    """
    teachers = {wish.teacher_id for wish in wishes if wish.teacher_id is not None}
    persons = {wish.person_id for wish in wishes if wish.person_id is not None}
    fit = await _teachers(session, actor, teachers) if teachers else set[UUID]()
    linked = await _persons(session, actor, persons) if persons and Role.REGISTRAR in actor.roles else {}
    missing = len(teachers - fit) + len(persons - linked.keys())
    if missing:
        raise HolderNotFit(count=missing)
    return [_settled(wish, linked) for wish in wishes]


def _settled(wish: Holder, linked: dict[UUID, UUID | None]) -> Holder:
    if wish.person_id is None:
        return wish
    teacher_id = linked[wish.person_id]
    return wish if teacher_id is None else Holder(teacher_id=teacher_id)


async def _teachers(session: AsyncSession, actor: Actor, ids: set[UUID]) -> set[UUID]:
    visible = registry.visible_teachers(actor).where(Teacher.id.in_(ids), Teacher.is_active.is_(True))
    return set((await session.scalars(visible.with_only_columns(Teacher.id))).all())


async def _persons(session: AsyncSession, actor: Actor, ids: set[UUID]) -> dict[UUID, UUID | None]:
    belongs = exists().where(Membership.institution_id == actor.institution_id, Membership.person_id == Person.id)
    as_teacher = and_(Teacher.institution_id == actor.institution_id, Teacher.person_id == Person.id)
    statement = (
        select(Person.id, Teacher.id.label("teacher_id"))
        .outerjoin(Teacher, and_(as_teacher, Teacher.is_active.is_(True)))
        .where(Person.id.in_(ids), Person.disabled_at.is_(None), belongs)
    )
    return {row.id: row.teacher_id for row in (await session.execute(statement)).all()}

"""Entering many rows at once, and removing many: what the pages do with one, an import does with a hundred thousand."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.registry.commands import entering, removing, sheets
from x_pilot_api.registry.commands.entering import Bounds, RowOutcome
from x_pilot_api.registry.schemas.rows import CollegeRow, CourseRow, ProgrammeRow, TeacherRow


async def enter_colleges(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, rows: Sequence[CollegeRow]
) -> list[RowOutcome]:
    """Create and change colleges."""
    return await entering.enter(session, actor, sheets.COLLEGE, bounds=bounds, rows=rows)


async def enter_programmes(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, rows: Sequence[ProgrammeRow]
) -> list[RowOutcome]:
    """Create and change programmes."""
    return await entering.enter(session, actor, sheets.PROGRAMME, bounds=bounds, rows=rows)


async def enter_courses(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, rows: Sequence[CourseRow]
) -> list[RowOutcome]:
    """Create and change courses; the credits that a rule rests on stay."""
    return await entering.enter(session, actor, sheets.course(), bounds=bounds, rows=rows)


async def enter_teachers(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, rows: Sequence[TeacherRow]
) -> list[RowOutcome]:
    """Create and change teachers."""
    return await entering.enter(session, actor, sheets.TEACHER, bounds=bounds, rows=rows)


async def remove_colleges(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, ids: Sequence[UUID]
) -> list[RowOutcome]:
    """Remove colleges on which nothing depends."""
    return await removing.remove(session, actor, removing.COLLEGE, bounds=bounds, ids=ids)


async def remove_programmes(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, ids: Sequence[UUID]
) -> list[RowOutcome]:
    """Remove programmes on which nothing depends."""
    return await removing.remove(session, actor, removing.PROGRAMME, bounds=bounds, ids=ids)


async def remove_courses(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, ids: Sequence[UUID]
) -> list[RowOutcome]:
    """Remove courses on which nothing depends."""
    return await removing.remove(session, actor, removing.COURSE, bounds=bounds, ids=ids)


async def remove_teachers(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, ids: Sequence[UUID]
) -> list[RowOutcome]:
    """Remove teachers on which nothing depends."""
    return await removing.remove(session, actor, removing.TEACHER, bounds=bounds, ids=ids)


async def remove_students(
    session: AsyncSession, actor: Actor, *, bounds: Bounds, ids: Sequence[UUID]
) -> list[RowOutcome]:
    """Remove students on which nothing depends, with their documents."""
    return await removing.remove(session, actor, removing.STUDENT, bounds=bounds, ids=ids)

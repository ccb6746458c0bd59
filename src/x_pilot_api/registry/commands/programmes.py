"""The deeds on one college, one programme, one course."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.registry import queries
from x_pilot_api.registry.commands import entering, rows, single
from x_pilot_api.registry.commands.entering import Bounds
from x_pilot_api.registry.schemas import (
    CollegeChange,
    CollegeIn,
    CollegeOut,
    CourseChange,
    CourseIn,
    CourseOfProgrammeOut,
    ProgrammeChange,
    ProgrammeIn,
    ProgrammeWithCoursesOut,
)
from x_pilot_api.registry.schemas.rows import CollegeRow, CourseRow, ProgrammeRow


async def _college(session: AsyncSession, actor: Actor, college_id: UUID) -> CollegeOut:
    college = await queries.get_college(session, actor, college_id)
    return CollegeOut.model_validate(college, from_attributes=True)


async def create_college(session: AsyncSession, actor: Actor, *, wish: CollegeIn) -> CollegeOut:
    """Create a college."""
    row = CollegeRow(**wish.model_dump())
    made = single.only(await rows.enter_colleges(session, actor, bounds=Bounds.of(actor, creates=True), rows=[row]))
    return await _college(session, actor, made)


async def change_college(
    session: AsyncSession, actor: Actor, *, college_id: UUID, wish: CollegeChange, if_match: str | None
) -> CollegeOut:
    """Change a college that the caller has read as it is."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    etags.check(await _college(session, actor, college_id), if_match=if_match)
    row = CollegeRow(id=college_id, **wish.model_dump())
    single.only(await rows.enter_colleges(session, actor, bounds=bounds, rows=[row]))
    return await _college(session, actor, college_id)


async def remove_college(session: AsyncSession, actor: Actor, *, college_id: UUID, if_match: str | None) -> None:
    """Remove a college on which nothing depends."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    etags.check(await _college(session, actor, college_id), if_match=if_match)
    single.only(await rows.remove_colleges(session, actor, bounds=bounds, ids=[college_id]))


async def _programme(session: AsyncSession, actor: Actor, programme_id: UUID) -> ProgrammeWithCoursesOut:
    programme = await queries.get_own_programme(session, actor, programme_id)
    return await queries.describe_whole_programme(session, programme)


async def _code_of_college(session: AsyncSession, actor: Actor, college_id: UUID | None) -> str | None:
    return None if college_id is None else (await queries.get_college(session, actor, college_id)).code


async def create_programme(session: AsyncSession, actor: Actor, *, wish: ProgrammeIn) -> ProgrammeWithCoursesOut:
    """Create a programme of a college."""
    code = await _code_of_college(session, actor, wish.college_id)
    row = ProgrammeRow(college_code=code, **wish.model_dump(exclude={"college_id"}))
    made = single.only(await rows.enter_programmes(session, actor, bounds=Bounds.of(actor, creates=True), rows=[row]))
    return await _programme(session, actor, made)


async def change_programme(
    session: AsyncSession, actor: Actor, *, programme_id: UUID, wish: ProgrammeChange, if_match: str | None
) -> ProgrammeWithCoursesOut:
    """Change a programme that the caller has read as it is."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    etags.check(await _programme(session, actor, programme_id), if_match=if_match)
    code = await _code_of_college(session, actor, wish.college_id)
    row = ProgrammeRow(id=programme_id, college_code=code, **wish.model_dump(exclude={"college_id"}))
    single.only(await rows.enter_programmes(session, actor, bounds=bounds, rows=[row]))
    return await _programme(session, actor, programme_id)


async def remove_programme(session: AsyncSession, actor: Actor, *, programme_id: UUID, if_match: str | None) -> None:
    """Remove a programme on which nothing depends."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    etags.check(await _programme(session, actor, programme_id), if_match=if_match)
    single.only(await rows.remove_programmes(session, actor, bounds=bounds, ids=[programme_id]))


async def _course(session: AsyncSession, actor: Actor, course_id: UUID) -> CourseOfProgrammeOut:
    return queries.describe_course(await queries.get_course(session, actor, course_id, own=True))


async def create_course(session: AsyncSession, actor: Actor, *, wish: CourseIn) -> CourseOfProgrammeOut:
    """Create a course of a programme the actor acts for."""
    programme = await queries.get_own_programme(session, actor, wish.programme_id)
    row = CourseRow(
        programme_code=programme.code,
        credit_hundredths=wish.credits,
        **wish.model_dump(exclude={"programme_id", "credits"}),
    )
    made = single.only(await rows.enter_courses(session, actor, bounds=Bounds.of(actor, creates=True), rows=[row]))
    return await _course(session, actor, made)


async def change_course(
    session: AsyncSession, actor: Actor, *, course_id: UUID, wish: CourseChange, if_match: str | None
) -> CourseOfProgrammeOut:
    """Change a course that the caller has read as it is; the credits that a rule rests on stay."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    known = await _course(session, actor, course_id)
    # A rule is proposed under this lock too, so that it cannot come to rest on credits which are just changing.
    await queries.get_own_programme(session, actor, known.programme_id, lock=True)
    etags.check(known, if_match=if_match)
    row = CourseRow(id=course_id, credit_hundredths=wish.credits, **wish.model_dump(exclude={"credits"}))
    single.only(await rows.enter_courses(session, actor, bounds=bounds, rows=[row]))
    return await _course(session, actor, course_id)


async def remove_course(session: AsyncSession, actor: Actor, *, course_id: UUID, if_match: str | None) -> None:
    """Remove a course on which nothing depends."""
    bounds = Bounds.of(actor)
    await entering.lock_register(session, bounds.institution_id)
    etags.check(await _course(session, actor, course_id), if_match=if_match)
    single.only(await rows.remove_courses(session, actor, bounds=bounds, ids=[course_id]))

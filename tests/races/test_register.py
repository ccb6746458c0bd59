"""Two write the same thing of the register at the same moment, by transactions that really commit."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.conftest import DATA_KEY
from tests.registry import make
from tests.world import World, build_world
from x_pilot_api.core import etags, provision
from x_pilot_api.core.db import Base, Database
from x_pilot_api.core.errors import AppError
from x_pilot_api.core.etags import CopyStale
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.settings import Settings
from x_pilot_api.registry import commands, queries
from x_pilot_api.registry.commands import Bounds, entering
from x_pilot_api.registry.errors import GradeCorrectedSince, PlanDraftExists, RowRefused
from x_pilot_api.registry.models import College, CourseGrade, Student, TrainingPlan
from x_pilot_api.registry.schemas import (
    CollegeChange,
    CollegeIn,
    CollegeOut,
    CourseGradeIn,
    GradeCorrectionIn,
    StudentIn,
    TrainingPlanIn,
)
from x_pilot_api.registry.schemas.rows import CollegeRow

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
Deed = Callable[[AsyncSession, int], Awaitable[Any]]


@dataclass(frozen=True)
class Town:
    """A world in a database of its own."""

    database: Database
    world: World

    async def do(self, deed: Deed, number: int = 0) -> Any:  # noqa: ANN401
        """Do one deed and commit it."""
        async with self.database.transaction(institution_id=self.world.schools[0].id) as session:
            return await deed(session, number)

    async def at_once(self, deed: Deed) -> list[object]:
        """Let two do a deed so that the second is waiting before the first commits, and tell how each came out."""
        async with self.database.transaction(institution_id=self.world.schools[0].id) as session:
            await deed(session, 0)
            second = asyncio.create_task(self.do(deed, 1))
            await self._until_it_waits(second)
        return [None, (await asyncio.gather(second, return_exceptions=True))[0]]

    async def _until_it_waits(self, task: "asyncio.Task[Any]") -> None:
        while not task.done():
            async with self.database.transaction(read_only=True, institution_id=self.world.schools[0].id) as session:
                if await session.scalar(WAITING):
                    return
            await asyncio.sleep(0.01)

    async def count(self, model: type[Base]) -> int:
        """Count the rows there are."""
        async with self.database.transaction(read_only=True, institution_id=self.world.schools[0].id) as session:
            return cast("int", await session.scalar(select(func.count()).select_from(model)))


@pytest.fixture
async def town(own_urls: provision.Urls, settings: Settings) -> AsyncIterator[Town]:
    database = Database(own_urls.service, settings)
    try:
        async with database.transaction() as session:
            world = await build_world(session, Sealer(DATA_KEY))
        yield Town(database, world)
    finally:
        await database.close()


def refused_for(outcome: object) -> str:
    """Name what a row was refused for."""
    assert isinstance(outcome, RowRefused), outcome
    return str(outcome.figures["refusal"])


def creates_a_college(town: Town) -> Deed:
    async def deed(session: AsyncSession, number: int) -> None:
        wish = CollegeIn(code="NEW", name=f"学院{number}")
        await commands.create_college(session, make.office(town.world), wish=wish)

    return deed


async def test_of_two_who_create_the_same_number_the_second_is_told_whose_it_is(town: Town) -> None:
    outcomes = await town.at_once(creates_a_college(town))
    assert refused_for(outcomes[1]) == "register_key_taken"
    assert await town.count(College) == 5


async def test_without_the_registers_lock_the_second_would_not_know_of_the_first(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lock_nothing(*_: object) -> None: ...

    monkeypatch.setattr(entering, "lock_register", lock_nothing)
    outcomes = await town.at_once(creates_a_college(town))
    # The unique key still stands, so that nothing is there twice; but nobody can say whose the number is.
    assert not isinstance(outcomes[1], AppError)
    assert outcomes[1] is not None
    assert await town.count(College) == 5


async def test_two_students_of_one_document_are_one(town: Town) -> None:
    async def deed(session: AsyncSession, number: int) -> None:
        row = make.student(1)
        wish = StudentIn(
            programme_id=town.world.schools[0].programmes[0],
            student_number=f"S{number}",
            name="新生",
            document_number=str(row.document_number),
            class_name="一班",
            entry_year=2026,
        )
        await commands.create_student(session, make.office(town.world), wish=wish, desk=make.DESK)

    outcomes = await town.at_once(deed)
    assert refused_for(outcomes[1]) == "document_taken"
    assert await town.count(Student) == 11


async def test_of_two_who_change_the_same_copy_the_second_has_to_read_it_again(town: Town) -> None:
    actor, college_id = make.office(town.world), town.world.schools[0].colleges[0]
    async with town.database.transaction(read_only=True, institution_id=town.world.schools[0].id) as session:
        college = await queries.get_college(session, actor, college_id)
        tag = etags.tag_of(CollegeOut.model_validate(college, from_attributes=True))

    async def deed(session: AsyncSession, number: int) -> None:
        wish = CollegeChange(name=f"学院{number}")
        await commands.change_college(session, actor, college_id=college_id, wish=wish, if_match=tag)

    outcomes = await town.at_once(deed)
    assert isinstance(outcomes[1], CopyStale), outcomes[1]
    async with town.database.transaction(read_only=True, institution_id=town.world.schools[0].id) as session:
        assert (await queries.get_college(session, actor, college_id)).name == "学院0"


async def test_of_two_corrections_of_a_grade_the_second_is_told_of_the_first(town: Town) -> None:
    school, actor = town.world.schools[0], make.office(town.world)
    wish = CourseGradeIn(
        student_id=school.students[0],
        course_id=school.courses[0][0],
        term="2025-2026-01",
        score="50.00",  # pyright: ignore[reportArgumentType]
        passed=False,
    )

    async def enter(session: AsyncSession, _: int) -> Any:  # noqa: ANN401
        return await commands.enter_course_grade(session, actor, wish=wish)

    grade_id = (await town.do(enter)).id

    async def correct(session: AsyncSession, number: int) -> None:
        better = GradeCorrectionIn.model_validate({"score": f"{70 + number}.00", "passed": True, "reason": "核分"})
        await commands.correct_course_grade(session, actor, grade_id=grade_id, wish=better)

    outcomes = await town.at_once(correct)
    assert isinstance(outcomes[1], GradeCorrectedSince), outcomes[1]
    assert await town.count(CourseGrade) == 2


async def test_a_programme_has_one_draft_an_entry_year(town: Town) -> None:
    wish = TrainingPlanIn.model_validate(
        {
            "programme_id": town.world.schools[0].programmes[0],
            "entry_year": 2026,
            "graduation_credits": "1.00",
            "categories": [],
            "courses": [],
        }
    )

    async def deed(session: AsyncSession, _: int) -> None:
        await commands.draft_training_plan(session, make.office(town.world), wish=wish)

    outcomes = await town.at_once(deed)
    assert isinstance(outcomes[1], PlanDraftExists), outcomes[1]
    assert await town.count(TrainingPlan) == 1


async def test_what_is_just_being_depended_on_is_not_removed(town: Town) -> None:
    actor, world = make.office(town.world), town.world

    async def make_free(session: AsyncSession, _: int) -> Any:  # noqa: ANN401
        rows = [CollegeRow(code="FREE", name="空学院")]
        return (await commands.enter_colleges(session, actor, bounds=Bounds.of(actor), rows=rows))[0].id

    college_id = await town.do(make_free)

    async def deed(session: AsyncSession, number: int) -> None:
        if number == 0:
            values = {"institution_id": world.schools[0].id, "college_id": college_id}
            await session.execute(
                text(
                    "INSERT INTO programmes (institution_id, college_id, code, name)"
                    " VALUES (:institution_id, :college_id, '590909', '新')"
                ),
                values,
            )
        else:
            await commands.remove_college(session, actor, college_id=college_id, if_match="*")

    outcomes = await town.at_once(deed)
    assert isinstance(outcomes[1], AppError), outcomes[1]
    assert outcomes[1].code == "busy"
    assert await town.count(College) == 5

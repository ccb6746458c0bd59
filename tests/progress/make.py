"""Training plans and course grades to tell progress by, and the same sums done by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import School
from x_pilot_api.registry.models import (
    Course,
    CourseGrade,
    TrainingPlan,
    TrainingPlanCategory,
    TrainingPlanCourse,
)

CATEGORIES = ("core", "foundation", "elective")


@dataclass
class Taught:
    """One course of the programme: its credits and category as the plan has them, and whether the plan has it."""

    id: UUID
    credit: int
    category: str
    is_compulsory: bool
    is_planned: bool = True


@dataclass
class Curriculum:
    """A plan in force, and its courses."""

    courses: list[Taught] = field(default_factory=list[Taught])
    required: dict[str, int] = field(default_factory=dict[str, int])
    graduation: int = 12_000


async def curriculum(session: AsyncSession, there: School, *, categories: bool = True) -> Curriculum:
    """Put a plan of twelve courses into force for the first programme's 2024, with two courses beside it."""
    made = Curriculum(required={"core": 1_000, "foundation": 600, "practice": 300} if categories else {})
    for index in range(14):
        taught = Taught(uuid4(), 100 + 50 * index, CATEGORIES[index % 3], index % 2 == 0, is_planned=index < 12)
        made.courses.append(taught)
        session.add(
            Course(
                institution_id=there.id,
                id=taught.id,
                programme_id=there.programmes[0],
                code=f"P{index}",
                name=f"课程{index}",
                # The plan's own figures count, whatever became of the course since.
                credit_hundredths=taught.credit if not taught.is_planned else taught.credit + 25,
                hours=32,
                category=taught.category,
                is_compulsory=taught.is_compulsory,
            )
        )
    await session.flush()
    await _plan(session, there, made)
    return made


async def _plan(session: AsyncSession, there: School, made: Curriculum) -> None:
    plan_id = uuid4()
    session.add(
        TrainingPlan(
            institution_id=there.id,
            id=plan_id,
            programme_id=there.programmes[0],
            entry_year=2024,
            version=3,
            state="in_force",
            graduation_credit_hundredths=made.graduation,
            in_force_at=datetime(2024, 9, 1, tzinfo=UTC),
        )
    )
    await session.flush()
    there_and_plan = {"institution_id": there.id, "training_plan_id": plan_id}
    session.add_all(
        TrainingPlanCategory(**there_and_plan, category=category, credit_hundredths=credit)
        for category, credit in made.required.items()
    )
    session.add_all(
        TrainingPlanCourse(
            **there_and_plan,
            course_id=taught.id,
            term=1,
            credit_hundredths=taught.credit,
            category=taught.category,
            is_compulsory=taught.is_compulsory,
        )
        for taught in made.courses
        if taught.is_planned
    )
    await session.flush()


async def grade(
    session: AsyncSession,
    there: School,
    student_id: UUID,
    course: Taught,
    *,
    passed: bool,
    attempt: int = 1,
    revision: int = 1,
    is_void: bool = False,
) -> None:
    """Write down one revision of a grade."""
    session.add(
        CourseGrade(
            institution_id=there.id,
            student_id=student_id,
            course_id=course.id,
            term="2024-2025-01",
            attempt=attempt,
            revision=revision,
            score_hundredths=None if is_void else (8_000 if passed else 4_000),
            passed=passed and not is_void,
            is_void=is_void,
            reason="更正" if revision > 1 else None,
        )
    )
    await session.flush()


async def scatter(
    session: AsyncSession, there: School, made: Curriculum, students: Sequence[UUID], *, seed: int
) -> dict[UUID, set[UUID]]:
    """Grade everybody at random, with attempts, corrections and voided grades; tell what each has passed."""
    dice = Random(seed)  # noqa: S311 - made-up grades
    passed: dict[UUID, set[UUID]] = {student_id: set() for student_id in students}
    for student_id in students:
        for course in made.courses:
            for attempt in range(1, dice.randint(0, 3) + 1):
                last = False
                for revision in range(1, dice.randint(1, 3) + 1):
                    is_void, is_passed = dice.random() < 0.2, dice.random() < 0.5
                    await grade(
                        session,
                        there,
                        student_id,
                        course,
                        passed=is_passed,
                        attempt=attempt,
                        revision=revision,
                        is_void=is_void,
                    )
                    last = is_passed and not is_void
                if last:
                    passed[student_id].add(course.id)
    return passed

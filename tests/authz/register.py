"""The register of the ground: beside what rules and exams rest on, one free thing of each kind a college."""

from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.world import World
from x_pilot_api.registry.models import (
    College,
    Course,
    CourseGrade,
    CourseTeacher,
    Programme,
    Teacher,
    TrainingPlan,
    TrainingPlanCategory,
    TrainingPlanCourse,
)

_STANDINGS = text("""
INSERT INTO student_standings
    (institution_id, student_id, status, programme_id, class_name, entry_year, effective_on)
SELECT institution_id, id, status, programme_id, class_name, entry_year, '2024-09-01' FROM students
""")


async def entries(session: AsyncSession, world: World, made: Made) -> None:
    """Give each college a free programme, course, student and teacher, and a draft of a plan; grade its students."""
    for serial, school in enumerate(world.schools):
        own = f"s{serial + 1}"
        college_id = uuid4()
        made.owners[college_id] = own
        session.add(College(institution_id=school.id, id=college_id, code=f"F{mark(own)}", name=mark(own)))
        await session.flush()
        for number in range(2):
            free = await _of_college(session, world, made, serial=serial, number=number)
            students = school.students if number == 0 else made.siblings[serial]
            made.register[serial, number] = free | {"college": college_id, "student": students[-1]}
            for index, student_id in enumerate(students[:2]):
                await _grade(session, made, school.id, student_id, school.courses[number][0])
                made.owners[made.grades[student_id]] = f"{own}p{number}n{index}"
        suffix = "" if serial == 0 else "_2"
        person_id = world.callers[f"teacher{suffix}"].id
        mine = await _teacher(session, made, school.id, school.colleges[0], f"{own}p0n8", person_id=person_id)
        theirs = await _teacher(session, made, school.id, school.colleges[1], f"{own}p1n8")
        for number, teacher_id in enumerate((mine, theirs)):
            taught = uuid4()
            made.owners[taught] = f"{own}p{number}"
            made.register[serial, number] |= {"teaching": taught, "who_teaches": teacher_id}
            session.add(
                CourseTeacher(
                    institution_id=school.id, id=taught, course_id=school.courses[number][0], teacher_id=teacher_id,
                    term="2031-2032-01",
                )
            )  # fmt: skip
        await session.flush()
    await session.execute(_STANDINGS)


async def _of_college(session: AsyncSession, world: World, made: Made, *, serial: int, number: int) -> dict[str, UUID]:
    school, owner = world.schools[serial], f"s{serial + 1}p{number}"
    found = {kind: uuid4() for kind in ("programme", "course", "plan")}
    made.owners |= dict.fromkeys(found.values(), owner)
    programme = Programme(
        institution_id=school.id,
        id=found["programme"],
        college_id=school.colleges[number],
        code=f"53039{number}",
        name=mark(owner),
    )
    course = Course(
        institution_id=school.id,
        id=found["course"],
        programme_id=school.programmes[number],
        code=f"F{mark(owner)}",
        name=mark(owner),
        credit_hundredths=400,
        hours=64,
        category="core",
        is_compulsory=True,
    )
    plan = TrainingPlan(
        institution_id=school.id,
        id=found["plan"],
        programme_id=school.programmes[number],
        entry_year=2026,
        version=1,
        graduation_credit_hundredths=400,
        document_number=mark(owner),
    )
    session.add_all([programme, course, plan])
    await session.flush()
    key = {"institution_id": school.id, "training_plan_id": plan.id, "credit_hundredths": 400, "category": "core"}
    taught = TrainingPlanCourse(**key, course_id=school.courses[number][0], term=1, is_compulsory=True)
    session.add_all([TrainingPlanCategory(**key), taught])
    teacher_id = await _teacher(session, made, school.id, school.colleges[number], f"{owner}n7")
    return found | {"teacher": teacher_id}


async def _teacher(
    session: AsyncSession,
    made: Made,
    institution_id: UUID,
    college_id: UUID,
    owner: str,
    *,
    person_id: UUID | None = None,
) -> UUID:
    teacher_id = uuid4()
    made.owners[teacher_id] = owner
    session.add(
        Teacher(
            institution_id=institution_id,
            id=teacher_id,
            staff_number=mark(owner),
            name=mark(owner),
            college_id=college_id,
            person_id=person_id,
        )
    )
    await session.flush()
    return teacher_id


async def _grade(session: AsyncSession, made: Made, institution_id: UUID, student_id: UUID, course_id: UUID) -> None:
    made.grades[student_id] = uuid4()
    session.add(
        CourseGrade(
            institution_id=institution_id,
            id=made.grades[student_id],
            student_id=student_id,
            course_id=course_id,
            term="2024-2025-01",
            attempt=1,
            revision=1,
            score_hundredths=8000,
            passed=True,
        )
    )
    await session.flush()

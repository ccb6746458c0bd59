"""A joint exam that is a draft, and a grade of another one that somebody changed, in each place."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.authz.result_makings import (
    _holder,  # pyright: ignore[reportPrivateUsage]
    _plan,  # pyright: ignore[reportPrivateUsage]
)
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.row_security import act_within
from x_pilot_api.exams.models import JointExam, JointExamBand, JointGrade, Registration, Result
from x_pilot_api.registry.models import CourseGrade

Place = tuple[int, int, int]
_TERM = "2031-2032-01"


async def lay(session: AsyncSession, world: World, made: Made, place: Place) -> None:
    """Lay down what the deeds on joint exams need."""
    school, college, _ = place
    there = world.schools[school]
    await act_within(session, institution_id=there.id)
    plan_id = await _plan(session, world, made, place)
    draft = await _exam(session, world, made, place, plan_id, state="draft")
    found = made.results[place]
    exam_id = await _exam(session, world, made, place, UUID(found["notice_plan"]), state="laid_down")
    result = await session.get(Result, (there.id, UUID(found["result"])))
    assert result is not None
    holder, who = _holder(place)
    student_id = there.students[who] if college == 0 else made.siblings[school][who]
    attempt: dict[str, Any] = {
        "institution_id": there.id,
        "student_id": student_id,
        "course_id": there.courses[college][0],
        "term": _TERM,
        "attempt": place[2] + 1,
    }
    ids = [uuid4(), uuid4(), uuid4()]
    session.add(
        CourseGrade(
            **attempt, id=ids[0], revision=1, score_hundredths=8_000, passed=True, source_kind="joint_exam",
            source_id=result.id,
        )
    )  # fmt: skip
    session.add(CourseGrade(**attempt, id=ids[1], revision=2, score_hundredths=9_000, passed=True, reason=mark(holder)))
    await session.flush()
    session.add(
        JointGrade(
            institution_id=there.id,
            id=ids[2],
            joint_exam_id=exam_id,
            registration_id=result.registration_id,
            student_id=student_id,
            result_id=result.id,
            grade_id=ids[0],
        )
    )
    await session.flush()
    made.owners |= dict.fromkeys(ids, holder)
    registered = select(Registration.id).where(Registration.id == result.registration_id)
    made.owners[(await session.scalars(registered)).one()] = holder
    found["noticed_registration"] = str(result.registration_id)
    made.joint[place] = {"draft": draft, "exam": exam_id, "grade": ids[2]}


async def _exam(session: AsyncSession, world: World, made: Made, place: Place, plan_id: UUID, *, state: str) -> UUID:
    school, college, organisation = place
    there, owner, exam_id = world.schools[school], f"s{school + 1}p{college}", uuid4()
    is_laid_down = state == "laid_down"
    session.add(
        JointExam(
            institution_id=there.id,
            id=exam_id,
            exam_plan_id=plan_id,
            certificate_level_id=world.organisations[organisation].levels["2"],
            course_id=there.courses[college][0],
            programme_id=there.programmes[college],
            term=_TERM,
            document_number=f"文{mark(owner)}",
            state=state,
            drafted_by=uuid4(),
            laid_down_by=uuid4() if is_laid_down else None,
            laid_down_at=clock.now() if is_laid_down else None,
        )
    )
    await session.flush()
    session.add(JointExamBand(institution_id=there.id, joint_exam_id=exam_id, from_hundredths=0, passed=True))
    await session.flush()
    made.owners[exam_id] = owner
    return exam_id

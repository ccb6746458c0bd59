"""A joint exam of the demonstration: the main plan's exam is that of a course as well, whose grades come with it."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.demo.catalogue import MAIN_PLAN
from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.exams.schemas import JointExamIn
from x_pilot_api.identity.models import Role

_PROGRAMME, _COURSE = "530202", "智能风控实务"
_TERM: Final = "2025-2026-02"


async def load_joint(session: AsyncSession, facts: Dataset, keys: Keys) -> None:
    """Lay down that a total of 60 passes the course, of a programme whose courses no rule replaces."""
    planned = next(it for it in facts.plans if it.code == MAIN_PLAN)
    course = next(it for it in facts.courses if (it.programme_code, it.name) == (_PROGRAMME, _COURSE))
    programme = next(it for it in facts.programmes if it.code == _PROGRAMME)
    plan_id = (
        await session.scalars(
            select(ExamPlan.id).where(ExamPlan.institution_id == keys.institution_id, ExamPlan.code == MAIN_PLAN)
        )
    ).one()
    college = keys.actor(Role.COORDINATOR, college_id=keys.colleges[programme.college_code])
    drafted = await exams.draft_joint_exam(
        session,
        college,
        wish=JointExamIn.model_validate(
            {
                "exam_plan_id": plan_id,
                "certificate_level_id": keys.levels[planned.certificate_name, planned.levels[0]],
                "course_id": keys.courses[course.programme_code, course.code],
                "term": _TERM,
                "document_number": "演示教〔2026〕6号",
                "bands": [{"from_total": "0.00", "passed": False}, {"from_total": "60.00", "passed": True}],
            }
        ),
    )
    await exams.lay_down_joint_exam(session, college, exam=drafted)

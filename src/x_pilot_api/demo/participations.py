"""Taking part in the pilot: each college asks for the year's levels, and the office grants places by a document."""

from collections import Counter
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.identity.models import Role
from x_pilot_api.participations import commands
from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.participations.schemas import ApprovalIn, ParticipationIn

_DOCUMENT = "演示教〔{year}〕1号"
_ROUND = 50


async def load_participations(session: AsyncSession, facts: Dataset, keys: Keys, *, today: date) -> None:
    """Ask and grant as many places as the made-up students need, and some to spare."""
    plans = {plan.code: plan for plan in facts.plans}
    programmes = {student.student_number: student.programme_code for student in facts.students}
    colleges = {programme.code: programme.college_code for programme in facts.programmes}
    needed: Counter[tuple[str, str, str, str]] = Counter()
    for it in facts.registrations:
        plan = plans[it.plan_code]
        year = academic_year_on(plan.exam_on)
        needed[colleges[programmes[it.student_number]], plan.certificate_name, it.level, year] += 1
    office = keys.actor(Role.REGISTRAR)
    for (college_code, certificate_name, level, year), places in sorted(needed.items()):
        quota = (places // _ROUND + 1) * _ROUND
        college_id = keys.colleges[college_code]
        asked = await commands.ask_participation(
            session,
            keys.actor(Role.COORDINATOR, college_id=college_id),
            wish=ParticipationIn(
                academic_year=year,
                certificate_level_id=keys.levels[certificate_name, level],
                college_id=college_id,
                quota_asked=quota,
            ),
        )
        await commands.approve_participation(
            session,
            office,
            participation_id=asked.id,
            wish=ApprovalIn(quota=quota, decision_document=_DOCUMENT.format(year=year[:4])),
            today=today,
        )

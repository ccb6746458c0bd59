"""Courses for a part of an assessment in the demonstration: a rule of that direction, and a student who asks by it."""

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.credits import commands as credits_
from x_pilot_api.credits.schemas import OffsetsIn, OffsetWish
from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.demo.policies import bring_into_force
from x_pilot_api.identity.models import Person, Role
from x_pilot_api.mappings import commands as mappings
from x_pilot_api.mappings.models import Direction, Mapping
from x_pilot_api.mappings.schemas import FilingIn, MappingCourseIn, MappingIn, MappingOffsetIn, PublicationIn
from x_pilot_api.registry.models import CourseGrade

_USER: Final = "demo.student.second"
_CERTIFICATE: Final = ("金税财务应用", "2")
_FILED_ON, _IN_FORCE_ON = date(2025, 9, 10), date(2025, 10, 1)
_FIRST_YEAR, _LAST_YEAR = 2023, 2026


async def load_offsets(session: AsyncSession, facts: Dataset, keys: Keys, *, today: date) -> None:
    """Publish a rule for the programme of the second student who can be tried, and let them ask by it."""
    chosen = next(person.scope_names[0] for person in facts.people if person.username == _USER)
    student = next(it for it in facts.students if it.student_number == chosen)
    passed = select(CourseGrade.course_id).where(
        CourseGrade.institution_id == keys.institution_id,
        CourseGrade.student_id == keys.students[chosen],
        CourseGrade.passed.is_(True),
    )
    course_id = (await session.scalars(passed.order_by(CourseGrade.course_id).limit(1))).one()
    rule = await _rule(session, facts, keys, student.programme_code, course_id)
    person_id = (await session.scalars(select(Person.id).where(Person.username == _USER))).one()
    own = replace(keys.actor(Role.STUDENT), id=person_id, student_id=keys.students[chosen])
    wish = OffsetWish(student_id=keys.students[chosen], mapping_id=rule.id, course_ids=[course_id])
    await credits_.request_offsets(
        session, own, institution_id=keys.institution_id, asked=OffsetsIn(wishes=[wish]), today=today
    )


async def _rule(session: AsyncSession, facts: Dataset, keys: Keys, programme_code: str, course_id: UUID) -> Mapping:
    """Let a course stand for the whole of the first part, at four fifths of its mark."""
    programme = next(it for it in facts.programmes if it.code == programme_code)
    level = next(it for it in facts.pilot_certificates if (it.certificate_name, it.level) == _CERTIFICATE)
    college = keys.actor(Role.COORDINATOR, college_id=keys.colleges[programme.college_code])
    organisation = keys.actor(Role.ORG_STAFF, organisation_id=keys.organisations[level.organisation])
    component = level.scheme.components[0].code
    mapping = await mappings.propose_mapping(
        session,
        college,
        wish=MappingIn(
            programme_id=keys.programmes[programme_code],
            certificate_level_id=keys.levels[_CERTIFICATE],
            direction=Direction.COURSE_TO_ASSESSMENT,
            entry_year_from=_FIRST_YEAR,
            entry_year_to=_LAST_YEAR,
            courses=[MappingCourseIn.model_validate({"course_id": course_id, "credit": "1.00", "grade": "60"})],
            offsets=[
                MappingOffsetIn(component_code=component, course_id=course_id, share_percent=100, counts_as_percent=80)
            ],
        ),
    )
    await bring_into_force(
        session,
        keys.actor(Role.REGISTRAR),
        mapping,
        parties=(college, organisation),
        filing=FilingIn(filing_number="演示备案〔2025〕30号", filed_on=_FILED_ON),
        publication=PublicationIn(effective_from=_IN_FORCE_ON),
    )
    return mapping

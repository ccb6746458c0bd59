"""An exam of the demonstration that is held tomorrow: candidates, a sitting with examiners, seats, tickets to print."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.demo.catalogue import PilotCertificate
from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.exam_days import commands as exam_days
from x_pilot_api.exam_days.schemas import SeatingIn
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams.models import ExaminerDuty, ExamPlan, ExamSitting
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.exams.schemas import ExamPlanIn, RegistrationWish, SittingExaminerIn, SittingIn, SittingRoomIn
from x_pilot_api.identity.models import Person, Role
from x_pilot_api.participations import commands as participations
from x_pilot_api.participations.rules import academic_year_on
from x_pilot_api.participations.schemas import ApprovalIn, ParticipationIn
from x_pilot_api.registry.models import Teacher
from x_pilot_api.sites import commands as sites
from x_pilot_api.sites import queries as site_queries
from x_pilot_api.sites.models import AssessmentSite, RoomKind
from x_pilot_api.sites.schemas import RoomIn, SiteApprovalIn, SiteIn, SiteLevelIn

TIMEZONE: Final = "Asia/Shanghai"
_CERTIFICATE: Final = ("金税财务应用", "2")
_STUDENT, _TEACHER = "demo.student.second", "demo.teacher"
_CANDIDATES, _SEATS = 18, 24
_QUOTA: Final = 60
_VALID: Final = timedelta(days=365)
_BEGINS: Final = time(1, tzinfo=UTC)
"""Nine in the morning in Shanghai."""
_HOURS: Final = timedelta(hours=2)


async def load_ahead(session: AsyncSession, facts: Dataset, keys: Keys, *, sealer: Sealer, today: date) -> None:
    """Let one of the students who can be tried sit an exam tomorrow, which the teacher who can be tried invigilates."""
    level = next(it for it in facts.pilot_certificates if (it.certificate_name, it.level) == _CERTIFICATE)
    office, exam_on = keys.actor(Role.REGISTRAR), today + timedelta(days=1)
    await _take_part(session, keys, level, today=today, exam_on=exam_on)
    site = await _site(session, keys, level, today=today)
    plan = await _plan(session, keys, level, exam_on=exam_on)
    sitting = await _sitting(session, keys, plan, site, level, exam_on=exam_on)
    at = datetime.combine(exam_on - timedelta(days=10), time(4), tzinfo=UTC)
    await exams.register_students(
        session,
        office,
        plan=plan,
        wishes=[
            RegistrationWish(student_id=student_id, certificate_level_id=keys.levels[_CERTIFICATE])
            for student_id in _students(facts, keys)
        ],
        terms=Terms(at, timezone=TIMEZONE, offer_hours=48),
    )
    await exam_days.arrange_seats(session, office, sitting_id=sitting.id, wish=SeatingIn(), if_match="*", only=False)
    await exam_days.print_papers(session, office, sitting_id=sitting.id, sealer=sealer)


def _students(facts: Dataset, keys: Keys) -> list[UUID]:
    """Choose the student who can be tried and some of the same programme."""
    chosen = next(person.scope_names[0] for person in facts.people if person.username == _STUDENT)
    programme = next(it.programme_code for it in facts.students if it.student_number == chosen)
    others = [it.student_number for it in facts.students if it.programme_code == programme]
    numbers = dict.fromkeys((chosen, *others))
    return [keys.students[number] for number in list(numbers)[:_CANDIDATES]]


async def _take_part(session: AsyncSession, keys: Keys, level: PilotCertificate, *, today: date, exam_on: date) -> None:
    college_id, year = keys.colleges[level.college_codes[0]], academic_year_on(exam_on)
    asked = await participations.ask_participation(
        session,
        keys.actor(Role.COORDINATOR, college_id=college_id),
        wish=ParticipationIn(
            academic_year=year,
            certificate_level_id=keys.levels[_CERTIFICATE],
            college_id=college_id,
            quota_asked=_QUOTA,
        ),
    )
    wish = ApprovalIn(quota=_QUOTA, decision_document=f"演示教〔{year[:4]}〕3号")
    await participations.approve_participation(
        session, keys.actor(Role.REGISTRAR), participation_id=asked.id, wish=wish, today=today
    )


async def _site(session: AsyncSession, keys: Keys, level: PilotCertificate, *, today: date) -> AssessmentSite:
    college_id, organisation_id = keys.colleges[level.college_codes[0]], keys.organisations[level.organisation]
    level_id = keys.levels[_CERTIFICATE]
    applied = SiteLevelIn(certificate_level_id=level_id, capacity=_SEATS, valid_from=today, valid_to=today + _VALID)
    site = await sites.offer_site(
        session,
        keys.actor(Role.COORDINATOR, college_id=college_id),
        wish=SiteIn(
            organisation_id=organisation_id,
            college_id=college_id,
            code="DEMO-J1",
            name="金融学院机考站点（演示）",
            address="经管楼二层（演示）",
            is_shared=False,
            rooms=[RoomIn(code="203", name="203机房", kind=RoomKind.COMPUTER, seats=_SEATS, computers=_SEATS)],
            levels=[applied],
        ),
    )
    await sites.approve_level(
        session,
        _organisation(keys, level),
        site_id=site.id,
        level_id=level_id,
        wish=SiteApprovalIn(),
        today=today,
    )
    return site


def _organisation(keys: Keys, level: PilotCertificate) -> Actor:
    return keys.actor(Role.ORG_STAFF, organisation_id=keys.organisations[level.organisation])


async def _plan(session: AsyncSession, keys: Keys, level: PilotCertificate, *, exam_on: date) -> ExamPlan:
    return await exams.announce_plan(
        session,
        _organisation(keys, level),
        wish=ExamPlanIn(
            institution_id=keys.institution_id,
            code="DEMO-JSCW-2",
            name="金税财务应用（中级）考核（演示）",
            certificate_level_ids=[keys.levels[_CERTIFICATE]],
            registration_opens_on=exam_on - timedelta(days=30),
            registration_closes_on=exam_on - timedelta(days=7),
            exam_on=exam_on,
        ),
        timezone=TIMEZONE,
    )


async def _sitting(
    session: AsyncSession, keys: Keys, plan: ExamPlan, site: AssessmentSite, level: PilotCertificate, *, exam_on: date
) -> ExamSitting:
    """Arrange the sitting with a chief examiner of the college and the teacher who can be tried."""
    (room,) = await site_queries.list_rooms(session, site)
    own = await session.scalar(
        select(Teacher.id)
        .join(Person, Person.id == Teacher.person_id)
        .where(Teacher.institution_id == keys.institution_id, Person.username == _TEACHER)
    )
    chief = await session.scalar(
        select(Teacher.id).where(
            Teacher.institution_id == keys.institution_id, Teacher.staff_number == f"T{level.college_codes[0]}01"
        )
    )
    begins = datetime.combine(exam_on, _BEGINS)
    return await exams.arrange_sitting(
        session,
        keys.actor(Role.REGISTRAR),
        plan=plan,
        wish=SittingIn(
            site_id=site.id,
            code="J1",
            starts_at=begins,
            ends_at=begins + _HOURS,
            rooms=[SittingRoomIn(room_id=room.id, seats=_SEATS)],
            examiners=[
                SittingExaminerIn(teacher_id=chief, duty=ExaminerDuty.CHIEF),
                SittingExaminerIn(teacher_id=own, duty=ExaminerDuty.INVIGILATOR),
            ],
            certificate_level_id=keys.levels[_CERTIFICATE],
        ),
        timezone=TIMEZONE,
    )

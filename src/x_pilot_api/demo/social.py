"""Social service in the demonstration: a class that runs, one that takes people, and its teacher's workload."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.demo import names
from x_pilot_api.demo.catalogue import MAIN_PLAN
from x_pilot_api.demo.dataset import SEED, Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.identity.models import Person, Role
from x_pilot_api.registry.models import Teacher
from x_pilot_api.social_training import commands, queries
from x_pilot_api.social_training.models import ParticipantResult, SocialClass, SocialGroup
from x_pilot_api.social_training.schemas import (
    AttendanceRowIn,
    AttendancesIn,
    SocialClassIn,
    SocialParticipantIn,
    WorkloadRatioIn,
    WorkloadRecordIn,
    WorkloadVerificationIn,
)

_HOURS = 480
_BEGUN, _LEFT = timedelta(days=60), timedelta(days=20)
_GROUPS = (
    (SocialGroup.ENTERPRISE_EMPLOYEE, "淮安财税服务有限公司（演示）"),
    (SocialGroup.ENTERPRISE_EMPLOYEE, "淮安财税服务有限公司（演示）"),
    (SocialGroup.ENTERPRISE_EMPLOYEE, "清江浦会计师事务所（演示）"),
    (SocialGroup.KEY_EMPLOYMENT, None),
    (SocialGroup.LOW_INCOME, None),
)
_LESSONS = (
    (50, 40, "理论授课：增值税与发票"),
    (43, 40, "实操授课：智能开票"),
    (36, 35, "实操授课：纳税申报"),
    (8, 60, "综合实训"),
)
"""Days ago, tenths of an hour, and what was done; the last one waits to be verified."""


async def load_social(session: AsyncSession, facts: Dataset, keys: Keys, *, sealer: Sealer, today: date) -> None:
    """Give two classes of the main plan's level, people of all three groups in one of them, and log its lessons."""
    plan = next(it for it in facts.plans if it.code == MAIN_PLAN)
    level = (plan.certificate_name, plan.levels[0])
    pilot = next(it for it in facts.pilot_certificates if (it.certificate_name, it.level) == level)
    college_id = keys.colleges[pilot.college_codes[0]]
    college = keys.actor(Role.COORDINATOR, college_id=college_id)
    teacher_id, teacher = await _teacher(session, keys, college_id)
    ratio = WorkloadRatioIn(
        ratio="1.2", document_number="演示教〔2026〕8号", effective_from=today - timedelta(days=365)
    )
    await commands.load_ratio(session, keys.actor(Role.REGISTRAR), wish=ratio)
    wish = SocialClassIn(
        college_id=college_id,
        certificate_level_id=keys.levels[level],
        title="智能财税职业技能提升班（演示）",
        partner="淮安财税服务有限公司（演示）",
        hours_tenths=_HOURS,
        starts_on=today - _BEGUN,
        ends_on=today + _LEFT,
        places=30,
        teacher_ids=[teacher_id],
    )
    running = await commands.create_class(session, college, wish=wish)
    later = wish.model_copy(
        update={"title": "企业财务人员取证班（演示）", "starts_on": today + _LEFT, "ends_on": today + _BEGUN}
    )
    for class_ in (running, await commands.create_class(session, college, wish=later)):
        await commands.open_class(session, college, class_id=class_.id)
    await _people(session, college, running, sealer, today=today)
    await commands.start_class(session, college, class_id=running.id, today=today)
    await _attendance(session, college, running)
    await _workload(session, college, teacher, running, today=today)


async def _teacher(session: AsyncSession, keys: Keys, college_id: UUID) -> tuple[UUID, Actor]:
    """Let whoever signs in as a teacher be one of the college's register, and act as them."""
    person_id = (await session.scalars(select(Person.id).where(Person.username == "demo.teacher"))).one()
    own = select(Teacher.id).where(Teacher.institution_id == keys.institution_id, Teacher.person_id == person_id)
    teacher_id = (await session.scalars(own)).one_or_none()
    if teacher_id is None:
        there = select(Teacher.id).where(
            Teacher.institution_id == keys.institution_id, Teacher.college_id == college_id
        )
        teacher_id = (await session.scalars(there.order_by(Teacher.staff_number).limit(1))).one()
        linked = update(Teacher).where(Teacher.institution_id == keys.institution_id, Teacher.id == teacher_id)
        await session.execute(linked.values(person_id=person_id))
    return teacher_id, replace(keys.actor(Role.TEACHER), id=person_id)


async def _people(session: AsyncSession, college: Actor, class_: SocialClass, sealer: Sealer, *, today: date) -> None:
    rng = Random(SEED + 8)
    people = [
        SocialParticipantIn(
            name=names.person_name(rng),
            document_number=names.identity_number(rng, date(1980 + number, 5, 1)),
            social_group=group,
            employer=employer,
            consented_on=today - _BEGUN,
        )
        for number, (group, employer) in enumerate(_GROUPS)
    ]
    await commands.enrol_participants(
        session,
        college,
        class_id=class_.id,
        given=commands.from_list(people),
        sealer=sealer,
        today=today,
        validate_only=False,
    )


async def _attendance(session: AsyncSession, college: Actor, class_: SocialClass) -> None:
    """Let all but the last have a result; one of them failed."""
    people = (await session.scalars(queries.visible_participants(college))).all()
    rows = [
        AttendanceRowIn(
            participant_id=person.id,
            attended_tenths=_HOURS - 40 * number,
            result=ParticipantResult.FAILED if number == 3 else ParticipantResult.PASSED,  # noqa: PLR2004 - the fourth
        )
        for number, person in enumerate(people[:-1])
    ]
    await commands.record_attendance(session, college, class_id=class_.id, wish=AttendancesIn(rows=rows))


async def _workload(session: AsyncSession, college: Actor, teacher: Actor, class_: SocialClass, *, today: date) -> None:
    """Log the lessons; two are in the book, one was taken out of it again, one waits."""
    assert college.institution_id is not None  # noqa: S101 - a coordinator belongs to one
    logged = [
        await commands.log_work(
            session,
            teacher,
            wish=WorkloadRecordIn(
                social_class_id=class_.id, worked_on=today - timedelta(days=ago), hours_tenths=tenths, what=what
            ),
            today=today,
        )
        for ago, tenths, what in _LESSONS
    ]
    at = datetime.combine(today, time(9), tzinfo=UTC)
    wish = WorkloadVerificationIn(record_ids=[record.id for record in logged[:3]])
    await commands.verify_work(session, college, institution_id=college.institution_id, wish=wish, at=at)
    await commands.reverse_work(session, college, record_id=logged[2].id, reason="与日常教学课时重复", at=at)

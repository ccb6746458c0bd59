"""Teacher training of the demonstration: a requirement of made-up figures, cycles, projects and what came of them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.identity.models import Person, Role
from x_pilot_api.registry.models import Teacher
from x_pilot_api.training import commands
from x_pilot_api.training.models import TrainingMode, TrainingOrigin, TrainingProject, TrainingResult
from x_pilot_api.training.schemas import (
    EnrolmentIn,
    OutsideTrainingIn,
    TeacherCertificateIn,
    TrainingCyclesIn,
    TrainingProjectIn,
    TrainingRequirementIn,
    TrainingResultIn,
    TrainingResultsIn,
    TrainingSurveyIn,
)

_USER = "demo.teacher"
_TOTAL_HOURS, _MODULE_HOURS = 90, 30
_YEAR = 365


@dataclass(frozen=True)
class _Stage:
    """Who acts where: the office, the first college, and its teachers in the order of their numbers."""

    session: AsyncSession
    keys: Keys
    today: date
    office: Actor
    college: Actor
    college_id: UUID
    teachers: list[UUID]

    def day(self, days: int) -> date:
        """Count days from today."""
        return self.today + timedelta(days=days)


async def load_training(session: AsyncSession, facts: Dataset, keys: Keys, *, today: date) -> None:
    """Load what makes every page of teacher training say something, an overdue cycle and a waiting list among it."""
    first, second = facts.colleges[0], facts.colleges[1]
    college_id = keys.colleges[first.code]
    coordinator = keys.actor(Role.COORDINATOR, college_id=college_id)
    teachers = await _teachers(session, keys, college_id)
    stage = _Stage(session, keys, today, keys.actor(Role.REGISTRAR), coordinator, college_id, teachers)
    person_id = await _link(stage)
    await _cycles(stage, other_id=keys.colleges[second.code])
    await _held(stage, person_id)
    await _coming(stage, facts)
    await _elsewhere(stage)


async def _teachers(session: AsyncSession, keys: Keys, college_id: UUID) -> list[UUID]:
    statement = select(Teacher.id).where(
        Teacher.institution_id == keys.institution_id, Teacher.college_id == college_id
    )
    return list((await session.scalars(statement.order_by(Teacher.staff_number))).all())


async def _link(stage: _Stage) -> UUID:
    """Let the demonstration's teacher be the first of the college, unless they are somebody already."""
    session = stage.session
    person_id = (await session.scalars(select(Person.id).where(Person.username == _USER))).one()
    known = await session.scalar(select(Teacher.id).where(Teacher.person_id == person_id))
    if known is None:
        mine = (Teacher.institution_id == stage.keys.institution_id, Teacher.id == stage.teachers[0])
        await session.execute(update(Teacher).where(*mine).values(person_id=person_id))
    return person_id


async def _cycles(stage: _Stage, *, other_id: UUID) -> None:
    year = stage.today.year
    await commands.load_requirement(
        stage.session,
        stage.office,
        wish=TrainingRequirementIn(
            total_hours=_TOTAL_HOURS,
            module_hours=_MODULE_HOURS,
            document_number=f"演示人〔{year - 6}〕1号",
            effective_from=date(year - 6, 1, 1),
        ),
    )
    # The second college's old cycles ended without being met.
    for college_id, begins_on in (
        (stage.college_id, date(year - 2, 1, 1)),
        (other_id, date(year - 6, 1, 1)),
        (other_id, date(year - 1, 1, 1)),
    ):
        await commands.open_cycles(
            stage.session, stage.office, wish=TrainingCyclesIn(college_id=college_id, begins_on=begins_on)
        )


async def _project(stage: _Stage, *, starts: int, published: int | None, **said: Any) -> TrainingProject:  # noqa: ANN401
    """Draft a project that starts some days from today, and publish it on an earlier day."""
    wish: dict[str, Any] = {
        "title": "智能财税职业技能等级证书师资培训（演示）",
        "origin": TrainingOrigin.INSTITUTION,
        "scheme": "按培训评价组织的师资培训方案组织：线上理论学习与线下实操演练相结合，结业考核合格发证。",
        "document_number": f"演示培〔{stage.today.year}〕3号",
        "mode": TrainingMode.BLENDED,
        "venue": "实训楼301与线上平台（演示）",
        "hours": 32,
        "is_x_module": True,
        "places": 20,
        "enrols_until": stage.day(starts - 7),
        "starts_on": stage.day(starts),
        "ends_on": stage.day(starts + 4),
    }
    project = await commands.draft_project(
        stage.session, stage.office, wish=TrainingProjectIn.model_validate(wish | said)
    )
    if published is not None:
        await commands.publish_project(stage.session, stage.office, project_id=project.id, today=stage.day(published))
    return project


async def _held(stage: _Stage, person_id: UUID) -> None:
    """Hold one last year: two passed, one was absent, and the demonstration's teacher says how it was."""
    before = stage.day(-_YEAR - 20)
    project = await _project(stage, starts=-_YEAR, published=-_YEAR - 30)
    enrolments = await commands.enrol_teachers(
        stage.session,
        stage.college,
        project_id=project.id,
        wish=EnrolmentIn(teacher_ids=stage.teachers),
        today=before,
    )
    results = [(32, TrainingResult.PASSED), (28, TrainingResult.PASSED), (0, TrainingResult.ABSENT)]
    rows = [
        TrainingResultIn(enrolment_id=it.id, hours_attended=hours, result=result)
        for it, (hours, result) in zip(enrolments, results, strict=True)
    ]
    await commands.record_results(
        stage.session, stage.office, project_id=project.id, wish=TrainingResultsIn(rows=rows), today=stage.today
    )
    await commands.close_project(stage.session, stage.office, project_id=project.id, today=stage.today)
    teacher = replace(stage.keys.actor(Role.TEACHER), id=person_id)
    said = TrainingSurveyIn(
        content=5, teaching=4, organisation=4, usefulness=5, comment="案例贴近岗位，实操时间可再增加。"
    )
    own = await stage.session.scalar(
        select(Teacher.id).where(Teacher.person_id == person_id, Teacher.id == stage.teachers[0])
    )
    if own is not None:
        await commands.answer_survey(stage.session, teacher, enrolment_id=enrolments[0].id, wish=said)


async def _coming(stage: _Stage, facts: Dataset) -> None:
    """Offer one that is full, with somebody waiting, one with places left, and a draft."""
    pilot = facts.pilot_certificates[0]
    level_id = stage.keys.levels[pilot.certificate_name, pilot.level]
    full = await _project(
        stage,
        starts=60,
        published=0,
        title="省级1+X证书师资专项培训（演示）",
        origin=TrainingOrigin.PROVINCIAL,
        certificate_level_id=level_id,
        hours=40,
        places=1,
    )
    await commands.enrol_teachers(
        stage.session,
        stage.college,
        project_id=full.id,
        wish=EnrolmentIn(teacher_ids=stage.teachers[1:]),
        today=stage.today,
    )
    await _project(stage, starts=90, published=0, mode=TrainingMode.ONLINE, title="教师信息化教学能力培训（演示）",
                   is_x_module=False, hours=24)  # fmt: skip
    await _project(stage, starts=150, published=None, title="种子师资提升培训（演示）", certificate_level_id=level_id)


async def _elsewhere(stage: _Stage) -> None:
    """Record two trainings elsewhere, of which one is confirmed, and a certificate that has expired."""
    for number, teacher_id in enumerate(stage.teachers[:2], start=1):
        recorded = await commands.record_outside_training(
            stage.session,
            stage.college,
            wish=OutsideTrainingIn(
                teacher_id=teacher_id,
                title="国家级职业院校教师X证书专项培训（演示）",
                organiser="国家级职教师资培养培训基地（演示）",
                origin=TrainingOrigin.NATIONAL,
                hours=60,
                is_x_module=True,
                completed_on=stage.day(-100),
                document_number=f"演示结业〔{stage.today.year}〕{number}号",
            ),
            today=stage.today,
        )
        if number == 1:
            await commands.confirm_outside_training(
                stage.session, stage.office, outside_training_id=recorded.id, remark="已核对结业证书原件"
            )
    for number, (name, expires) in enumerate((("会计师（中级）（演示）", None), ("考评员证（演示）", -30)), start=1):
        await commands.record_teacher_certificate(
            stage.session,
            stage.college,
            wish=TeacherCertificateIn(
                teacher_id=stage.teachers[0],
                name=name,
                issuer="发证机构（演示）",
                certificate_number=f"YS-{number:04d}",
                issued_on=stage.day(-4 * _YEAR),
                expires_on=None if expires is None else stage.day(expires),
            ),
        )

"""A sitting to test with: a site with rooms, and candidates of several colleges and classes who are to sit there."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams import make
from tests.world import World, identity_number
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exams.models import Candidate, ExamSitting, Registration, SittingExaminer, SittingRoom
from x_pilot_api.registry.models import Student, Teacher
from x_pilot_api.sites.models import AssessmentSite, Room

STARTS_AT = datetime(2026, 6, 20, 1, 0, tzinfo=UTC)
ENDS_AT = datetime(2026, 6, 20, 3, 30, tzinfo=UTC)
NAMES = ("王伟", "李静", "张小明", "欧阳修远", "赵敏", "陈䶮", "刘洋", "黄丽华", "周杰", "吴芳")


@dataclass
class Day:
    """A sitting, its rooms by code, and its registrations in the order of their admission numbers."""

    institution_id: UUID
    plan: make.Plan
    sitting_id: UUID
    site_id: UUID
    rooms: dict[str, UUID] = field(default_factory=dict[str, UUID])
    registrations: list[UUID] = field(default_factory=list[UUID])

    @property
    def path(self) -> str:
        """Say where the sitting is."""
        return f"/v1/exam-sittings/{self.sitting_id}"


async def day(
    session: AsyncSession,
    world: World,
    sealer: Sealer,
    *,
    school: int = 0,
    college: int = 0,
    organisation: int = 0,
    rooms: dict[str, int] | None = None,
    candidates: int = 10,
    starts_at: datetime = STARTS_AT,
) -> Day:
    """Make a sitting at a college's site, with candidates of both colleges by turns and of two classes in each."""
    there, organised = world.schools[school], world.organisations[organisation]
    plan = await make.plan(session, world, school=school, organisation=organisation, candidates=0)
    made = Day(there.id, plan, uuid4(), uuid4())
    wanted = rooms or {"301": 6, "302": 6}
    session.add(
        AssessmentSite(
            institution_id=there.id,
            id=made.site_id,
            organisation_id=organised.id,
            college_id=there.colleges[college],
            code=uuid4().hex[:8],
            name="实训中心考点",
            address="江苏省淮安市高教园区枚乘东路 8 号",
            is_shared=True,
        )
    )
    await session.flush()
    session.add(
        ExamSitting(
            institution_id=there.id,
            id=made.sitting_id,
            exam_plan_id=plan.id,
            certificate_level_id=plan.level_ids[0],
            site_id=made.site_id,
            code="S1",
            starts_at=starts_at,
            ends_at=starts_at + (ENDS_AT - STARTS_AT),
            seats=sum(wanted.values()),
            taken=0,
        )
    )
    await session.flush()
    for code, seats in wanted.items():
        await room(session, made, code, seats=seats, starts_at=starts_at)
    for index in range(candidates):
        await candidate(session, world, sealer, made, school=school, college=index % 2, index=index)
    return made


async def room(session: AsyncSession, made: Day, code: str, *, seats: int, starts_at: datetime = STARTS_AT) -> None:
    """Give the sitting a room."""
    made.rooms[code] = uuid4()
    session.add(
        Room(
            institution_id=made.institution_id,
            id=made.rooms[code],
            site_id=made.site_id,
            code=code,
            name=f"{code} 机房",
            kind="computer",
            seats=seats,
            computers=seats,
        )
    )
    await session.flush()
    session.add(
        SittingRoom(
            institution_id=made.institution_id,
            sitting_id=made.sitting_id,
            room_id=made.rooms[code],
            seats=seats,
            during=Range(starts_at, starts_at + (ENDS_AT - STARTS_AT)),
        )
    )
    await session.flush()


async def candidate(
    session: AsyncSession, world: World, sealer: Sealer, made: Day, *, college: int, index: int, school: int = 0
) -> UUID:
    """Enrol a student of a college and register them for the sitting; the first two are the school's own first two."""
    there = world.schools[school]
    await act_within(session, institution_id=there.id)
    if index == 0:
        student_id = there.students[0]
        await session.execute(
            update(Student).where(Student.institution_id == there.id, Student.id == student_id).values(name=NAMES[0])
        )
    else:
        student_id = await _student(session, world, sealer, school=school, college=college, index=index)
    student = await session.get_one(Student, (there.id, student_id), populate_existing=True)
    known = await session.scalar(
        select(Candidate.id).where(Candidate.institution_id == there.id, Candidate.student_id == student_id)
    )
    candidate_id = known or uuid4()
    if known is None:
        session.add(
            Candidate(
                institution_id=there.id,
                id=candidate_id,
                identity_document_id=student.identity_document_id,
                student_id=student_id,
                name=student.name,
            )
        )
        await session.flush()
    await make.register(
        session, made.plan, candidate_id, level_id=made.plan.level_ids[0], college_id=there.colleges[college]
    )
    registration_id = await session.scalar(
        update(Registration)
        .where(
            Registration.institution_id == there.id,
            Registration.exam_plan_id == made.plan.id,
            Registration.candidate_id == candidate_id,
        )
        .values(sitting_id=made.sitting_id)
        .returning(Registration.id)
    )
    assert registration_id is not None
    made.registrations.append(registration_id)
    return registration_id


async def _student(
    session: AsyncSession, world: World, sealer: Sealer, *, school: int, college: int, index: int
) -> UUID:
    there = world.schools[school]
    number = identity_number(index, region=f"3205{school}{college}")
    document_id = await make.document(session, sealer, number, institution_id=there.id)
    student_id = uuid4()
    session.add(
        Student(
            institution_id=there.id,
            id=student_id,
            student_number=f"X{uuid4().hex[:10]}",
            name=NAMES[index % len(NAMES)],
            identity_document_id=document_id,
            programme_id=there.programmes[college],
            class_name=f"财务240{1 + index // 2 % 2}",
            entry_year=2024,
        )
    )
    await session.flush()
    return student_id


async def examiner(session: AsyncSession, world: World, made: Day, *, who: str = "teacher", school: int = 0) -> None:
    """Let a teacher who signs in be an examiner of the sitting."""
    there = world.schools[school]
    person_id = world.callers[who].id
    known = select(Teacher.id).where(Teacher.institution_id == there.id, Teacher.person_id == person_id)
    teacher_id = await session.scalar(known)
    if teacher_id is None:
        teacher_id = uuid4()
        session.add(
            Teacher(
                institution_id=there.id,
                id=teacher_id,
                staff_number=f"T{uuid4().hex[:8]}",
                name="监考教师",
                college_id=there.colleges[0],
                person_id=person_id,
            )
        )
        await session.flush()
    sitting = await session.get_one(ExamSitting, (made.institution_id, made.sitting_id))
    session.add(
        SittingExaminer(
            institution_id=made.institution_id,
            sitting_id=made.sitting_id,
            teacher_id=teacher_id,
            duty="invigilator",
            during=Range(sitting.starts_at, sitting.ends_at),
        )
    )
    await session.flush()


async def lose_room(session: AsyncSession, made: Day, code: str) -> None:
    """Close a room, whoever was to sit in it."""
    await session.execute(
        update(Room)
        .where(Room.institution_id == made.institution_id, Room.id == made.rooms[code])
        .values(is_open=False)
    )


async def withdraw(session: AsyncSession, made: Day, index: int) -> None:
    """Let one of the sitting's candidates withdraw."""
    await session.execute(
        update(Registration)
        .where(Registration.institution_id == made.institution_id, Registration.id == made.registrations[index])
        .values(state="withdrawn", sitting_id=None)
    )


def minutes(count: int) -> timedelta:
    """Write some minutes."""
    return timedelta(minutes=count)

"""What the ground is made of beside the seeded world: more students, plans, rules and fees, each text with a mark."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from pyotp.totp import TOTP
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.exams import make
from tests.fees import make as fees
from tests.identity import keys
from tests.world import World, identity_number, signed_in
from x_pilot_api.certificates.models import Certificate
from x_pilot_api.core import clock
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.core.jobs import JobRecord
from x_pilot_api.core.outbound import Reach
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel
from x_pilot_api.identity.models import (
    Institution,
    MachineClient,
    Organisation,
    PasswordLink,
    Person,
    PlatformRole,
    SecondFactor,
    SignInSession,
)
from x_pilot_api.mappings.models import Mapping, MappingCourse
from x_pilot_api.outbox.models import OutboxEvent
from x_pilot_api.partners import commands as partners
from x_pilot_api.partners.models import WebhookDelivery
from x_pilot_api.partners.schemas import WebhookEndpointIn
from x_pilot_api.registry.models import College, Course, Programme, Student

HASH = "a" * 64
STATES = ("draft", "agreed", "approved", "filed")
ON_NOTICE = "on_notice"
"""Filed too, and shown for objections."""
_TIMEZONE = "Asia/Shanghai"


def today() -> date:
    """Tell the day as the service does."""
    return clock.today(_TIMEZONE)


async def siblings(session: AsyncSession, sealer: Sealer, world: World, made: Made) -> None:
    """Give each school's second college five students, and a programme that no rule speaks of."""
    for serial, school in enumerate(world.schools):
        numbers = [identity_number(serial * 100 + 350 + index) for index in range(5)]
        made.sibling_documents[serial], made.siblings[serial] = numbers, [uuid4() for _ in numbers]
        for number, student_id in zip(numbers, made.siblings[serial], strict=True):
            document_id = await make.document(session, sealer, number, institution_id=school.id)
            session.add(
                Student(
                    institution_id=school.id,
                    id=student_id,
                    student_number=number[-6:],
                    name="学生",
                    identity_document_id=document_id,
                    programme_id=school.programmes[1],
                    class_name="税务2401",
                    entry_year=2024,
                )
            )
        programme_id = uuid4()
        session.add(
            Programme(
                institution_id=school.id, id=programme_id, college_id=school.colleges[1], code="530399", name="专业"
            )
        )
        school.programmes.append(programme_id)
        await session.flush()


async def _mark_all(session: AsyncSession, table: Any, owners: dict[UUID, str], *columns: str) -> None:  # noqa: ANN401 - any model that has an id
    rows: Sequence[Any] = (await session.scalars(select(table).where(table.id.in_(owners)))).all()
    for row in rows:
        for column in columns:
            setattr(row, column, f"{getattr(row, column)}{mark(owners[row.id])}")
    await session.flush()


async def marks(session: AsyncSession, world: World, made: Made) -> None:
    """Mark every name that the seeded world has."""
    programmes: dict[UUID, str] = {}
    courses: dict[UUID, str] = {}
    colleges: dict[UUID, str] = {}
    for serial, school in enumerate(world.schools):
        own = f"s{serial + 1}"
        colleges |= dict.fromkeys(school.colleges, own)
        programmes |= {found: f"{own}p{index}" for index, found in enumerate(school.programmes)}
        courses |= {found: f"{own}p{index}" for index, some in enumerate(school.courses) for found in some}
        students = {found: f"{own}p0n{index}" for index, found in enumerate(school.students)}
        students |= {found: f"{own}p1n{index}" for index, found in enumerate(made.siblings[serial])}
        await act_within(session, institution_id=school.id)
        await _mark_all(session, Student, students, "name", "student_number", "class_name")
        made.owners |= students
    institutions = {school.id: f"s{serial}" for serial, school in enumerate(world.schools, start=1)}
    organisations = {found.id: f"o{serial}" for serial, found in enumerate(world.organisations, start=1)}
    certificates = {found.certificate_id: f"o{serial}" for serial, found in enumerate(world.organisations, start=1)}
    levels = {
        level: f"o{serial}" for serial, o in enumerate(world.organisations, start=1) for level in o.levels.values()
    }
    await _mark_all(session, Institution, institutions, "name", "province")
    await _mark_all(session, College, colleges, "name", "code")
    await _mark_all(session, Programme, programmes, "name")
    await _mark_all(session, Course, courses, "name", "code")
    await _mark_all(session, Organisation, organisations, "name")
    await _mark_all(session, Certificate, certificates, "name", "basis")
    people = {caller.id: f"me_{name}" for name, caller in world.callers.items()}
    await _mark_all(session, Person, people, "name")
    await _mark_all(session, MachineClient, people, "name")
    for owners in (institutions, colleges, programmes, courses, organisations, certificates, levels):
        made.owners |= owners


async def platform_auditor(session: AsyncSession) -> UUID:
    """Let somebody audit the platform without a seat in any institution."""
    person_id = uuid4()
    session.add(Person(id=person_id, username="platform_auditor", name=mark("me_platform_auditor"), password_hash="-"))
    await session.flush()
    session.add_all([PlatformRole(person_id=person_id, role="auditor"), signed_in(person_id)])
    await session.flush()
    return person_id


async def sessions(session: AsyncSession) -> None:
    """Mark each person's session as their name is marked."""
    marked = {"agent": Person.name, "address": Person.name}
    await session.execute(update(SignInSession).where(SignInSession.person_id == Person.id).values(marked))


LINK = "a link that was handed over"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code() -> str:
    """Give the code that everybody's generator shows now."""
    return TOTP(SECRET).now()


async def proofs(session: AsyncSession, sealer: Sealer, world: World) -> None:
    """Hand the expert a link, and let everybody begin with a second factor."""
    now = clock.now()
    session.add(
        PasswordLink(
            person_id=world.callers["expert"].id,
            token_hash=hashlib.sha256(LINK.encode()).digest(),
            issued_by=world.callers["registrar"].id,
            issued_at=now,
            expires_at=now + timedelta(days=365),
        )
    )
    session.add_all(
        SecondFactor(
            person_id=person_id,
            sealed_secret=sealer.seal(SECRET.encode(), context="second_factors"),
            key_id=sealer.key_id,
            enrolled_at=now,
        )
        for person_id in (await session.scalars(select(Person.id))).all()
    )
    await session.flush()


async def clients(session: AsyncSession, world: World, made: Made) -> None:
    """Give each organisation's live client a key that waits to be approved."""
    for organised, owner in zip(world.organisations, ("me_machine", "me_machine_2"), strict=True):
        holder = keys.Holder("-")
        key_id = await keys.register(session, organised.machine_client_id, holder, approved=False)
        made.waiting_keys.append(key_id)
        made.owners |= {key_id: owner, organised.machine_client_id: owner}
        made.kids[holder.kid] = owner


async def plan(session: AsyncSession, world: World, made: Made, *, school: int, organisation: int) -> make.Plan:
    """Announce a plan that still takes registrations and already takes results, for today is the day of its exam."""
    there, organised, owner = (
        world.schools[school],
        world.organisations[organisation],
        f"s{school + 1}o{organisation + 1}",
    )
    announced = make.Plan(uuid4(), there.id, [organised.levels["2"]], [], f"P{mark(owner)}")
    session.add(
        ExamPlan(
            institution_id=there.id,
            id=announced.id,
            organisation_id=organised.id,
            code=announced.code,
            name=f"考核计划{mark(owner)}",
            registration_opens_on=today() - timedelta(days=30),
            registration_closes_on=today(),
            exam_on=today(),
            # Those whom the ground registers have the first numbers.
            last_serial=100,
        )
    )
    await session.flush()
    session.add(
        ExamPlanLevel(
            institution_id=there.id,
            exam_plan_id=announced.id,
            certificate_level_id=organised.levels["2"],
            scheme_id=organised.schemes["2"],
        )
    )
    await session.flush()
    made.plans[school, organisation], made.owners[announced.id] = announced, owner
    return announced


async def register(
    session: AsyncSession, world: World, announced: make.Plan, *, student_id: UUID, college: int
) -> None:
    """Register a student before today, through their college."""
    there = next(school for school in world.schools if school.id == announced.institution_id)
    candidate_id = await make._candidate(session, there.id, student_id)  # pyright: ignore[reportPrivateUsage]
    await make.register(
        session,
        announced,
        candidate_id,
        level_id=announced.level_ids[0],
        college_id=there.colleges[college],
        confirmed_at=datetime.now(UTC) - timedelta(days=3),
    )


async def mapping(
    session: AsyncSession, world: World, made: Made, *, school: int, college: int, organisation: int, state: str
) -> None:
    """Bring a rule to a state: published for the level that is examined, anything else for the other one."""
    there, level = world.schools[school], "2" if state == "published" else "1"
    owner, mapping_id = f"s{school + 1}p{college}o{organisation + 1}", uuid4()
    session.add(
        Mapping(
            institution_id=there.id,
            id=mapping_id,
            programme_id=there.programmes[college],
            certificate_level_id=world.organisations[organisation].levels[level],
            direction="course_to_assessment" if state == "agreed" else "certificate_to_course",
            entry_year_from=2023,
            entry_year_to=2025,
            version=[*STATES, "published", ON_NOTICE].index(state) + 1,
            state="filed" if state == ON_NOTICE else state,
            content_hash=HASH,
            college_agreed_hash=None if state == "draft" else HASH,
            organisation_agreed_hash=None if state == "draft" else HASH,
            filing_number=f"备{mark(owner)}" if state in {"filed", "published", ON_NOTICE} else None,
            filed_on=date(2025, 8, 1) if state in {"filed", "published", ON_NOTICE} else None,
            effective_from=date(2025, 9, 1) if state == "published" else None,
        )
    )
    await session.flush()
    session.add(
        MappingCourse(
            institution_id=there.id,
            mapping_id=mapping_id,
            # The two organisations' rules convert different courses: no course may be converted twice.
            course_id=there.courses[college][organisation],
            credit_hundredths=300,
            grade=f"良好{mark(owner)}",
        )
    )
    await session.flush()
    made.mappings[school, college, organisation, state], made.owners[mapping_id] = mapping_id, owner


async def standards(session: AsyncSession, world: World, made: Made) -> None:
    """Propose a fee at each school for each organisation's second level, under one ceiling."""
    made.ceiling_id = await fees.store_ceiling(
        session, document_number=f"文{mark('all')}", issuing_body=f"委{mark('all')}", effective_from=date(2025, 1, 1)
    )
    for school in range(2):
        for organisation in range(2):
            owner = f"s{school + 1}o{organisation + 1}"
            standard_id = await fees.store_standard(
                session,
                world,
                ceiling_id=made.ceiling_id,
                school=school,
                certificate_level_id=world.organisations[organisation].levels["2"],
                category=f"类{mark(owner)}",
                basis=f"测算{mark(owner)}",
            )
            made.standards[school, organisation], made.owners[standard_id] = standard_id, owner


async def webhooks(session: AsyncSession, sealer: Sealer, world: World, made: Made) -> None:
    """Let each organisation name an endpoint, to which one of its events is on its way."""
    for serial, organised in enumerate(world.organisations, start=1):
        owner = f"w{serial}"
        staff = Actor(
            id=uuid4(), kind=ActorKind.PERSON, name="-", permissions=frozenset(), organisation_id=organised.id
        )
        url, description = f"https://receiver.example/{mark(owner)}", f"接收端{mark(owner)}"
        wish = WebhookEndpointIn(url=url, description=description)
        endpoint, _ = await partners.create_endpoint(session, staff, wish=wish, sealer=sealer, reach=Reach())
        event = (await session.scalars(select(OutboxEvent).where(OutboxEvent.organisation_id == organised.id))).first()
        assert event is not None
        delivery_id = uuid4()
        session.add(
            WebhookDelivery(
                id=delivery_id,
                endpoint_id=endpoint.id,
                event_id=event.id,
                event_kind=event.kind,
                next_attempt_at=clock.now(),
            )
        )
        await session.flush()
        made.endpoints[serial - 1], made.deliveries[serial - 1] = endpoint.id, delivery_id
        made.owners |= {endpoint.id: owner, delivery_id: owner}


async def jobs(session: AsyncSession, world: World, made: Made) -> None:
    """Let each college's coordinator have one job that waits and one dead letter."""
    for school, there in enumerate(world.schools):
        for college, who in enumerate(("coordinator", "sibling_coordinator")):
            asker = world.callers[who if school == 0 else f"{who}_2"]
            for state, ended_at in (("queued", None), ("failed", clock.now())):
                job = JobRecord(
                    id=uuid4(),
                    kind=f"count {mark(f's{school + 1}j')}",
                    institution_id=there.id,
                    requested_by=asker.id,
                    arguments={},
                    state=state,
                    ended_at=ended_at,
                )
                session.add(job)
                made.jobs[school, college, state] = job.id
                made.owners[job.id] = f"s{school + 1}j"
    await session.flush()

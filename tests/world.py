"""A small world for tests: two mirrored institutions, two evaluation organisations, a caller for each role."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import (
    Admission,
    AssessmentComponent,
    AssessmentScheme,
    Certificate,
    CertificateLevel,
)
from x_pilot_api.core.db import Base
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.identity import passwords
from x_pilot_api.identity.models import (
    Institution,
    MachineClient,
    Membership,
    Organisation,
    Person,
    PlatformRole,
    SignInSession,
)
from x_pilot_api.participations.models import Participation
from x_pilot_api.registry.models import College, Course, IdentityDocument, Programme, Student

DOCUMENT_KIND = "resident_identity_card"
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_END = datetime(2100, 1, 1, tzinfo=UTC)
SCOPES = "plans:read candidates:read results:write events:read certificates:read feedback:answer"
CLIENT_SECRET = "what the test clients know"


@dataclass(frozen=True)
class Caller:
    """Somebody who calls the service."""

    id: UUID
    institution_id: UUID | None = None
    scope: str | None = None
    is_test: bool = False


@dataclass
class Organised:
    """One evaluation organisation with one certificate of two levels, 40 % theory and 60 % practical, pass at 60."""

    id: UUID
    certificate_id: UUID
    levels: dict[str, UUID]
    schemes: dict[str, UUID]
    machine_client_id: UUID
    test_client_id: UUID


@dataclass
class School:
    """One institution with two colleges, a programme and two courses each, and ten students in the first programme.

    Each college takes part with every level in every year.
    """

    id: UUID
    code: str
    colleges: list[UUID]
    programmes: list[UUID]
    courses: list[list[UUID]]
    students: list[UUID]
    documents: list[str]


@dataclass
class World:
    """Everything that was seeded."""

    organisations: list[Organised] = field(default_factory=list["Organised"])
    schools: list[School] = field(default_factory=list["School"])
    callers: dict[str, Caller] = field(default_factory=dict[str, Caller])


def identity_number(serial: int, *, region: str = "320102") -> str:
    """Make up a resident identity number whose check digit holds."""
    body = f"{region}20050101{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


async def _add(session: AsyncSession, *rows: Base) -> None:
    session.add_all(rows)
    await session.flush()


async def _organisation(session: AsyncSession, world: World, serial: int) -> None:
    made = Organised(uuid4(), uuid4(), {}, {}, uuid4(), uuid4())
    await _add(session, Organisation(id=made.id, name=f"评价组织{serial}"))
    await _add(
        session,
        Certificate(
            id=made.certificate_id, organisation_id=made.id, name=f"智能财税{serial}", batch="2", basis="a test"
        ),
        *(
            MachineClient(
                id=client_id,
                client_id=f"{mode}_client_{serial}",
                organisation_id=made.id,
                name=f"client {serial}",
                is_test=mode == "test",
                secret_hash=passwords.digest_of(CLIENT_SECRET) if mode == "test" else None,
                scopes=SCOPES.split(),
            )
            for mode, client_id in (("live", made.machine_client_id), ("test", made.test_client_id))
        ),
    )
    for level in ("1", "2"):
        made.levels[level], made.schemes[level] = uuid4(), uuid4()
        await _add(session, CertificateLevel(id=made.levels[level], certificate_id=made.certificate_id, level=level))
        await _add(
            session,
            AssessmentScheme(
                id=made.schemes[level],
                certificate_level_id=made.levels[level],
                version=1,
                combination="weighted_sum",
                exam_form="computer",
                pass_mark_hundredths=6000,
            ),
        )
        await _add(
            session,
            *(
                AssessmentComponent(
                    scheme_id=made.schemes[level],
                    code=code,
                    name=name,
                    weight_percent=weight,
                    full_mark_hundredths=10_000,
                    pass_mark_hundredths=None,
                )
                for code, name, weight in (("theory", "理论", 40), ("practical", "实操", 60))
            ),
        )
    world.organisations.append(made)


async def _school(session: AsyncSession, sealer: Sealer, world: World, serial: int) -> None:
    school = School(uuid4(), f"413201{serial:04d}", [], [], [], [], [])
    await _add(session, Institution(id=school.id, code=school.code, name=f"学院{serial}", province="江苏省"))
    for index in range(2):
        college_id, programme_id = uuid4(), uuid4()
        courses = [uuid4(), uuid4()]
        await _add(session, College(institution_id=school.id, id=college_id, code=f"C{index}", name=f"二级学院{index}"))
        await _add(
            session,
            Programme(
                institution_id=school.id,
                id=programme_id,
                college_id=college_id,
                code=f"53030{index + 1}",
                name=f"专业{index}",
                is_pilot=True,
                is_showcase=True,
            ),
            *(
                Admission(
                    institution_id=school.id,
                    college_id=college_id,
                    certificate_id=organised.certificate_id,
                    status="admitted",
                    admitted_on=date(2024, 1, 1),
                )
                for organised in world.organisations
            ),
        )
        await _courses(session, school, programme_id, courses)
        await _participations(session, world, school, college_id)
        school.colleges.append(college_id)
        school.programmes.append(programme_id)
        school.courses.append(courses)
    await _students(session, sealer, school, serial)
    world.schools.append(school)


async def _participations(session: AsyncSession, world: World, school: School, college_id: UUID) -> None:
    """Let a college take part with every level in every year a test may hold an exam in, with room for all."""
    await _add(
        session,
        *(
            Participation(
                institution_id=school.id,
                academic_year=f"{year}-{year + 1}",
                certificate_level_id=level_id,
                college_id=college_id,
                state="approved",
                quota_asked=1_000,
                quota=1_000,
                decision_document=f"教〔{year}〕1号",
                asked_by=school.id,
            )
            for organised in world.organisations
            for level_id in organised.levels.values()
            for year in range(2023, datetime.now(UTC).year + 2)
        ),
    )


async def _courses(session: AsyncSession, school: School, programme_id: UUID, courses: list[UUID]) -> None:
    await _add(
        session,
        *(
            Course(
                institution_id=school.id,
                id=course_id,
                programme_id=programme_id,
                code=f"K{number}",
                name=f"课程{number}",
                credit_hundredths=400,
                hours=64,
                category="core",
                is_compulsory=True,
            )
            for number, course_id in enumerate(courses)
        ),
    )


async def _students(session: AsyncSession, sealer: Sealer, school: School, serial: int) -> None:
    await act_within(session, institution_id=school.id)
    for index in range(10):
        number = identity_number(serial * 100 + index)
        document_id, student_id = uuid4(), uuid4()
        await _add(
            session,
            IdentityDocument(
                institution_id=school.id,
                id=document_id,
                kind=DOCUMENT_KIND,
                sealed_number=sealer.seal(number.encode(), context="identity_documents"),
                key_id=sealer.key_id,
                lookup_hash=sealer.lookup_hash(DOCUMENT_KIND, number),
                masked_number=f"{number[:6]}********{number[-4:]}",
            ),
        )
        await _add(
            session,
            Student(
                institution_id=school.id,
                id=student_id,
                student_number=f"2024{serial:02d}{index:03d}",
                name=f"学生{serial}{index}",
                identity_document_id=document_id,
                programme_id=school.programmes[0],
                class_name="会计2401",
                entry_year=2024,
            ),
        )
        school.students.append(student_id)
        school.documents.append(number)


def signed_in(person_id: UUID, institution_id: UUID | None = None) -> SignInSession:
    """Sign a person in for good; the session has the person's id, so that a token can be made without asking."""
    return SignInSession(
        id=person_id,
        person_id=person_id,
        institution_id=institution_id,
        agent="a test",
        address="192.0.2.1",
        created_at=_BEGINNING,
        last_used_at=_BEGINNING,
        authenticated_at=_END,
        second_factor_at=_BEGINNING,
        ends_at=_END,
        idle_ends_at=_END,
    )


async def _person(session: AsyncSession, username: str, institution_id: UUID | None = None) -> UUID:
    person_id = uuid4()
    await _add(session, Person(id=person_id, username=username, name=username, password_hash="-"))
    await _add(session, signed_in(person_id, institution_id))
    return person_id


async def _callers(session: AsyncSession, world: World) -> None:
    """Seed one person a role; names ending in _2 belong to the other institution or organisation."""
    for number, school in enumerate(world.schools, start=1):
        suffix = "" if number == 1 else f"_{number}"
        scoped: list[tuple[str, str, UUID | None, UUID | None]] = [
            ("registrar", "registrar", None, None),
            ("coordinator", "coordinator", school.colleges[0], None),
            ("sibling_coordinator", "coordinator", school.colleges[1], None),
            ("expert", "expert", None, None),
            ("teacher", "teacher", None, None),
            ("auditor", "auditor", None, None),
            ("student", "student", None, school.students[0]),
        ]
        for name, role, college_id, student_id in scoped:
            person_id = await _person(session, f"{name}{suffix}", school.id)
            await _add(
                session,
                Membership(
                    institution_id=school.id,
                    person_id=person_id,
                    role=role,
                    college_id=college_id,
                    student_id=student_id,
                ),
            )
            world.callers[f"{name}{suffix}"] = Caller(person_id, school.id)
    for number, organised in enumerate(world.organisations, start=1):
        suffix = "" if number == 1 else f"_{number}"
        person_id = await _person(session, f"org_staff{suffix}")
        await _add(session, PlatformRole(person_id=person_id, role="org_staff", organisation_id=organised.id))
        world.callers[f"org_staff{suffix}"] = Caller(person_id)
        world.callers[f"machine{suffix}"] = Caller(organised.machine_client_id, scope=SCOPES)
        world.callers[f"test_machine{suffix}"] = Caller(organised.test_client_id, scope=SCOPES, is_test=True)
    for role in ("operator", "security_admin"):
        person_id = await _person(session, role)
        await _add(session, PlatformRole(person_id=person_id, role=role))
        world.callers[role] = Caller(person_id)


async def build_world(session: AsyncSession, sealer: Sealer) -> World:
    """Seed the world into a database."""
    world = World()
    for serial in (1, 2):
        await _organisation(session, world, serial)
    for serial in (1, 2):
        await _school(session, sealer, world, serial)
    await _callers(session, world)
    return world

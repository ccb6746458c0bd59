"""The conditions tests are held under: assessment schemes, certificates, conversion rules and limits."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.world import World
from x_pilot_api.certificates.models import (
    Admission,
    AssessmentComponent,
    AssessmentScheme,
    Certificate,
    CertificateLevel,
)
from x_pilot_api.mappings.models import Mapping, MappingCourse, PolicyLimit


@dataclass
class Part:
    """One component of an assessment scheme; marks in hundredths."""

    code: str
    weight: int
    full_mark: int = 10_000
    pass_mark: int | None = None


async def scheme(
    session: AsyncSession,
    world: World,
    *parts: Part,
    level: str = "2",
    version: int = 2,
    combination: str = "weighted_sum",
    pass_mark: int | None = 6_000,
) -> UUID:
    """Publish another version of a level's assessment scheme."""
    scheme_id = uuid4()
    session.add(
        AssessmentScheme(
            id=scheme_id,
            certificate_level_id=world.organisations[0].levels[level],
            version=version,
            combination=combination,
            exam_form="computer",
            pass_mark_hundredths=pass_mark,
        )
    )
    await session.flush()
    for part in parts:
        session.add(
            AssessmentComponent(
                scheme_id=scheme_id,
                code=part.code,
                name=part.code,
                weight_percent=part.weight,
                full_mark_hundredths=part.full_mark,
                pass_mark_hundredths=part.pass_mark,
            )
        )
    await session.flush()
    return scheme_id


async def certificate(session: AsyncSession, world: World, name: str, *, level: str = "2", scheme: bool = True) -> UUID:
    """Let the first organisation develop another certificate that every college admits, and tell its level's id."""
    certificate_id, level_id, scheme_id = uuid4(), uuid4(), uuid4()
    session.add(
        Certificate(
            id=certificate_id,
            organisation_id=world.organisations[0].id,
            name=name,
            batch=None,
            basis="a test",
        )
    )
    await session.flush()
    session.add(CertificateLevel(id=level_id, certificate_id=certificate_id, level=level))
    session.add_all(
        Admission(
            institution_id=school.id,
            college_id=college_id,
            certificate_id=certificate_id,
            status="admitted",
            admitted_on=date(2024, 1, 1),
        )
        for school in world.schools
        for college_id in school.colleges
    )
    await session.flush()
    if scheme:
        session.add(
            AssessmentScheme(
                id=scheme_id,
                certificate_level_id=level_id,
                version=1,
                combination="every_component",
                exam_form="paper",
                pass_mark_hundredths=None,
            )
        )
        await session.flush()
        session.add(
            AssessmentComponent(
                scheme_id=scheme_id,
                code="paper",
                name="笔试",
                weight_percent=100,
                full_mark_hundredths=10_000,
                pass_mark_hundredths=6_000,
            )
        )
        await session.flush()
    return level_id


async def rule(
    session: AsyncSession,
    world: World,
    *,
    level: str = "2",
    credit: int = 300,
    school: int = 0,
    organisation: int = 0,
    effective_from: date = date(2025, 9, 1),
    effective_to: date | None = None,
    version: int = 1,
    state: str = "published",
    entry_years: tuple[int, int] = (2023, 2025),
) -> UUID:
    """Publish a rule that gives credits for a level to the school's first programme."""
    there = world.schools[school]
    mapping_id = uuid4()
    session.add(
        Mapping(
            institution_id=there.id,
            id=mapping_id,
            programme_id=there.programmes[0],
            certificate_level_id=world.organisations[organisation].levels[level],
            direction="certificate_to_course",
            entry_year_from=entry_years[0],
            entry_year_to=entry_years[1],
            version=version,
            state=state,
            content_hash="h",
            college_agreed_hash="h",
            organisation_agreed_hash="h",
            filing_number="BA-1",
            filed_on=date(2025, 8, 1),
            effective_from=effective_from,
            effective_to=effective_to,
        )
    )
    await session.flush()
    session.add(
        MappingCourse(
            institution_id=there.id,
            mapping_id=mapping_id,
            course_id=there.courses[0][0],
            credit_hundredths=credit,
            grade="良好",
        )
    )
    await session.flush()
    return mapping_id


async def limit(
    session: AsyncSession,
    world: World,
    *,
    credit: int,
    code: str = "per_certificate",
    level: str | None = None,
    effective_from: date = date(2025, 9, 1),
    effective_to: date | None = None,
) -> None:
    """Set a limit of policy at the first school."""
    session.add(
        PolicyLimit(
            institution_id=world.schools[0].id,
            code=code,
            # No two versions of one limit begin on the same day.
            version=effective_from.toordinal(),
            certificate_level_id=world.organisations[0].levels[level] if level else None,
            credit_hundredths=credit,
            document_number="a test",
            effective_from=effective_from,
            effective_to=effective_to,
        )
    )
    await session.flush()


async def exit_certificate(session: AsyncSession, world: World, *, on: date, college: int = 0) -> None:
    """Let the first certificate exit from a college of the first school."""
    there = world.schools[0]
    await session.execute(
        update(Admission)
        .where(
            Admission.institution_id == there.id,
            Admission.college_id == there.colleges[college],
            Admission.certificate_id == world.organisations[0].certificate_id,
        )
        .values(status="exited", exited_on=on)
    )

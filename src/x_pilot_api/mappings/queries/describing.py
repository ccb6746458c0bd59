"""Reading all that a rule says, with the names of what it connects."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import and_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import AssessmentComponent, AssessmentScheme, Certificate, CertificateLevel
from x_pilot_api.mappings import rules
from x_pilot_api.mappings.models import (
    Mapping,
    MappingCourse,
    MappingCoverage,
    MappingGrade,
    MappingOffset,
    MappingUnit,
)
from x_pilot_api.registry.models import Course, Programme

Key = tuple[UUID, UUID]


@dataclass
class Terms:
    """What a rule says beyond its courses, each list in its order."""

    grades: list[rules.GradeTerms] = field(default_factory=list[rules.GradeTerms])
    scheme_id: UUID | None = None
    offsets: list[rules.OffsetTerms] = field(default_factory=list[rules.OffsetTerms])
    component_names: dict[str, str] = field(default_factory=dict[str, str])
    units: list[rules.UnitTerms] = field(default_factory=list[rules.UnitTerms])


@dataclass(frozen=True)
class CourseLine:
    """One course of a rule, with its code and name."""

    course_id: UUID
    code: str
    name: str
    credit_hundredths: int
    grade: str | None


@dataclass(frozen=True)
class Described:
    """One rule with the names of what it connects, and all that it says."""

    mapping: Mapping
    stakes: rules.Stakes
    programme_code: str
    programme_name: str
    certificate_name: str
    level: str
    courses: Sequence[CourseLine]
    terms: Terms


async def describe(session: AsyncSession, mappings: Sequence[Mapping]) -> list[Described]:
    """Read the names of what rules connect, and their courses."""
    keys = [(mapping.institution_id, mapping.id) for mapping in mappings]
    statement = (
        select(
            Mapping.institution_id,
            Mapping.id,
            Programme.college_id,
            Programme.code,
            Programme.name,
            Certificate.id.label("certificate_id"),
            Certificate.organisation_id,
            Certificate.name.label("certificate_name"),
            CertificateLevel.level,
        )
        .join(
            Programme,
            and_(Programme.institution_id == Mapping.institution_id, Programme.id == Mapping.programme_id),
        )
        .join(CertificateLevel, CertificateLevel.id == Mapping.certificate_level_id)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .where(tuple_(Mapping.institution_id, Mapping.id).in_(keys))
    )
    named = {(row.institution_id, row.id): row for row in await session.execute(statement)}
    courses, terms = await _list_courses(session, keys), await list_terms(session, keys)
    return [
        Described(
            mapping=mapping,
            stakes=rules.Stakes(row.college_id, mapping.programme_id, row.certificate_id, row.organisation_id),
            programme_code=row.code,
            programme_name=row.name,
            certificate_name=row.certificate_name,
            level=row.level,
            courses=courses[key],
            terms=terms[key],
        )
        for mapping, key in zip(mappings, keys, strict=True)
        for row in (named[key],)
    ]


async def _list_courses(
    session: AsyncSession, keys: Sequence[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], list[CourseLine]]:
    statement = (
        select(
            MappingCourse.institution_id,
            MappingCourse.mapping_id,
            MappingCourse.course_id,
            Course.code,
            Course.name,
            MappingCourse.credit_hundredths,
            MappingCourse.grade,
        )
        .join(
            Course,
            and_(Course.institution_id == MappingCourse.institution_id, Course.id == MappingCourse.course_id),
        )
        .where(tuple_(MappingCourse.institution_id, MappingCourse.mapping_id).in_(keys))
        .order_by(Course.code, Course.id)
    )
    lines: dict[tuple[UUID, UUID], list[CourseLine]] = {key: [] for key in keys}
    for row in await session.execute(statement):
        lines[row.institution_id, row.mapping_id].append(
            CourseLine(row.course_id, row.code, row.name, row.credit_hundredths, row.grade)
        )
    return lines


async def list_terms(session: AsyncSession, keys: Sequence[Key]) -> dict[Key, Terms]:
    """Read what rules say beyond their courses."""
    terms = {key: Terms() for key in keys}
    grades = select(MappingGrade).where(tuple_(MappingGrade.institution_id, MappingGrade.mapping_id).in_(keys))
    for line in await session.scalars(grades.order_by(MappingGrade.score_from_hundredths)):
        terms[line.institution_id, line.mapping_id].grades.append(
            rules.GradeTerms(line.score_from_hundredths, line.grade)
        )
    offsets = (
        select(MappingOffset, AssessmentComponent.name)
        .join(
            AssessmentComponent,
            and_(
                AssessmentComponent.scheme_id == MappingOffset.scheme_id,
                AssessmentComponent.code == MappingOffset.component_code,
            ),
        )
        .where(tuple_(MappingOffset.institution_id, MappingOffset.mapping_id).in_(keys))
        .order_by(MappingOffset.component_code, MappingOffset.course_id)
    )
    for offset, name in (await session.execute(offsets)).all():
        found = terms[offset.institution_id, offset.mapping_id]
        found.scheme_id, found.component_names[offset.component_code] = offset.scheme_id, name
        found.offsets.append(
            rules.OffsetTerms(offset.component_code, offset.course_id, offset.share_percent, offset.counts_as_percent)
        )
    await _read_units(session, keys, terms)
    return terms


async def _read_units(session: AsyncSession, keys: Sequence[Key], terms: dict[Key, Terms]) -> None:
    covers: dict[tuple[UUID, UUID, str], list[rules.CoverageTerms]] = {}
    coverages = select(MappingCoverage).where(
        tuple_(MappingCoverage.institution_id, MappingCoverage.mapping_id).in_(keys)
    )
    for cover in await session.scalars(coverages.order_by(MappingCoverage.course_id)):
        place = (cover.institution_id, cover.mapping_id, cover.unit_code)
        covers.setdefault(place, []).append(rules.CoverageTerms(cover.course_id, cover.percent))
    units = select(MappingUnit).where(tuple_(MappingUnit.institution_id, MappingUnit.mapping_id).in_(keys))
    for unit in await session.scalars(units.order_by(MappingUnit.code)):
        key = (unit.institution_id, unit.mapping_id)
        covered_by = covers.get((*key, unit.code), [])
        terms[key].units.append(rules.UnitTerms(unit.code, unit.name, unit.weight_percent, covered_by))


def content_of(described: Described) -> rules.Content:
    """Put together what the parties of a rule agree to."""
    mapping, terms = described.mapping, described.terms
    return rules.Content(
        mapping.programme_id,
        mapping.certificate_level_id,
        mapping.direction,
        mapping.entry_year_from,
        mapping.entry_year_to,
        courses=[rules.CourseTerms(it.course_id, it.credit_hundredths, it.grade) for it in described.courses],
        grades=terms.grades,
        scheme_id=terms.scheme_id,
        offsets=terms.offsets,
        units=terms.units,
    )


async def find_scheme(session: AsyncSession, certificate_level_id: UUID) -> tuple[UUID | None, int, set[str]]:
    """Find the present assessment scheme of a level: its id, version and components' codes."""
    statement = (
        select(AssessmentScheme)
        .where(AssessmentScheme.certificate_level_id == certificate_level_id)
        .order_by(AssessmentScheme.version.desc())
        .limit(1)
    )
    scheme = (await session.scalars(statement)).one_or_none()
    if scheme is None:
        return None, 0, set()
    codes = await session.scalars(select(AssessmentComponent.code).where(AssessmentComponent.scheme_id == scheme.id))
    return scheme.id, scheme.version, set(codes)

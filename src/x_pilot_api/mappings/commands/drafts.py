"""Writing down what a rule says: proposing it, changing it before it is approved, making its next version."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import etags, quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import Base
from x_pilot_api.mappings import queries, rules
from x_pilot_api.mappings.commands import mapping as deeds
from x_pilot_api.mappings.errors import (
    ComponentsUnknown,
    CourseCreditExceeded,
    CoursesUnknown,
)
from x_pilot_api.mappings.models import (
    Mapping,
    MappingCourse,
    MappingCoverage,
    MappingGrade,
    MappingOffset,
    MappingUnit,
)
from x_pilot_api.mappings.rules import WORKFLOW, Content
from x_pilot_api.mappings.schemas import (
    MappingChange,
    MappingCourseIn,
    MappingGradeIn,
    MappingIn,
    MappingOffsetIn,
    MappingUnitIn,
)
from x_pilot_api.registry.models import Programme


async def propose_mapping(session: AsyncSession, actor: Actor, *, wish: MappingIn) -> Mapping:
    """Propose the next version of a programme's rule for a certificate level in one direction."""
    programme = await queries.get_own_programme(session, actor, wish.programme_id)
    level = await certificates.get_level(session, wish.certificate_level_id)
    await deeds.refuse_exited(
        session,
        institution_id=programme.institution_id,
        college_id=programme.college_id,
        certificate_id=level.certificate_id,
    )
    content = Content(
        programme.id,
        level.id,
        wish.direction,
        wish.entry_year_from,
        wish.entry_year_to,
        courses=_courses(wish.courses),
        grades=_grades(wish.grades),
        offsets=_offsets(wish.offsets),
        units=_units(wish.units),
    )
    content = await _checked(session, programme, content)
    mapping = await _add_version(session, programme, content, revises_id=None)
    await deeds.record(session, actor, "propose_mapping", mapping, version=mapping.version)
    return mapping


async def revise_mapping(session: AsyncSession, actor: Actor, *, mapping_id: UUID) -> Mapping:
    """Make the next version of a published rule, which says the same until it is changed."""
    mapping, programme = await queries.get_own_mapping(session, actor, mapping_id)
    WORKFLOW.target_of("revise", state=mapping.state)
    (described,) = await queries.describe(session, [mapping])
    await deeds.refuse_exited_of(session, mapping, described.stakes)
    content = await _checked(session, programme, queries.content_of(described))
    made = await _add_version(session, programme, content, revises_id=mapping.id)
    await deeds.record(session, actor, "revise_mapping", made, version=made.version, revises=str(mapping.id))
    return made


async def edit_mapping(
    session: AsyncSession, actor: Actor, *, mapping_id: UUID, change: MappingChange, if_match: str | None, today: date
) -> Mapping:
    """Change what a rule says before it is approved; both parties have to agree anew."""
    seen, programme = await queries.get_own_mapping(session, actor, mapping_id)
    mapping = await queries.lock_mapping(session, institution_id=seen.institution_id, mapping_id=seen.id)
    etags.check(await queries.tell_one(session, actor, mapping, today=today), if_match=if_match)
    target = WORKFLOW.target_of("edit", state=mapping.state)
    (described,) = await queries.describe(session, [mapping])
    content = await _checked(session, programme, _changed(queries.content_of(described), change))
    if rules.hash_content(content) == mapping.content_hash:
        return mapping
    before, was_agreed = deeds.state_of(mapping), any(rules.has_agreed(mapping, each) for each in rules.Party)
    for table in (MappingCoverage, MappingUnit, MappingOffset, MappingGrade, MappingCourse):
        await session.execute(
            delete(table).where(table.institution_id == mapping.institution_id, table.mapping_id == mapping.id)
        )
    mapping.entry_year_from, mapping.entry_year_to = content.entry_year_from, content.entry_year_to
    mapping.content_hash, mapping.state = rules.hash_content(content), target
    mapping.college_agreed_hash = mapping.organisation_agreed_hash = None
    await session.flush()
    await _write_terms(session, mapping, content)
    await deeds.record_edit(session, actor, mapping, before=before, was_agreed=was_agreed)
    return mapping


async def _checked(session: AsyncSession, programme: Programme, content: Content) -> Content:
    """Refuse content that does not hold, and pin the assessment scheme whose components it offsets."""
    rules.check_content(content)
    await _check_courses(session, programme, content)
    if not content.offsets:
        return replace(content, scheme_id=None)
    scheme_id, version, codes = await queries.find_scheme(session, content.certificate_level_id)
    unknown = sorted({offset.component_code for offset in content.offsets} - codes)
    if unknown:
        raise ComponentsUnknown(scheme_version=version, component_codes=", ".join(unknown))
    return replace(content, scheme_id=scheme_id)


async def _check_courses(session: AsyncSession, programme: Programme, content: Content) -> None:
    found = await queries.find_courses(session, programme, [course.course_id for course in content.courses])
    unknown = [str(course.course_id) for course in content.courses if course.course_id not in found]
    if unknown:
        raise CoursesUnknown(course_ids=", ".join(unknown))
    for course in content.courses:
        own = found[course.course_id]
        if course.credit_hundredths > own.credit_hundredths:
            raise CourseCreditExceeded(
                course_id=str(own.id),
                course_code=own.code,
                course_credit=quantities.format_hundredths(own.credit_hundredths),
                credit=quantities.format_hundredths(course.credit_hundredths),
            )


async def _add_version(
    session: AsyncSession, programme: Programme, content: Content, *, revises_id: UUID | None
) -> Mapping:
    # Two proposals at once would otherwise count the same versions.
    await queries.lock_programme(session, institution_id=programme.institution_id, programme_id=programme.id)
    versions = await queries.count_versions(
        session, programme, certificate_level_id=content.certificate_level_id, direction=content.direction
    )
    mapping = Mapping(
        institution_id=programme.institution_id,
        programme_id=programme.id,
        certificate_level_id=content.certificate_level_id,
        direction=content.direction,
        entry_year_from=content.entry_year_from,
        entry_year_to=content.entry_year_to,
        version=versions + 1,
        revises_id=revises_id,
        state=WORKFLOW.initial,
        content_hash=rules.hash_content(content),
    )
    session.add(mapping)
    await session.flush()
    await _write_terms(session, mapping, content)
    return mapping


async def _write_terms(session: AsyncSession, mapping: Mapping, content: Content) -> None:
    """Write what a rule says; what refers to courses and units comes after them."""
    key = {"institution_id": mapping.institution_id, "mapping_id": mapping.id}
    first: list[Base] = [
        MappingCourse(**key, course_id=it.course_id, credit_hundredths=it.credit_hundredths, grade=it.grade)
        for it in content.courses
    ]
    first += [
        MappingGrade(**key, score_from_hundredths=it.score_from_hundredths, grade=it.grade) for it in content.grades
    ]
    first += [MappingUnit(**key, code=it.code, name=it.name, weight_percent=it.weight_percent) for it in content.units]
    then: list[Base] = [
        MappingOffset(
            **key,
            component_code=it.component_code,
            course_id=it.course_id,
            scheme_id=content.scheme_id,
            share_percent=it.share_percent,
            counts_as_percent=it.counts_as_percent,
        )
        for it in content.offsets
    ]
    then += [
        MappingCoverage(**key, unit_code=unit.code, course_id=it.course_id, percent=it.percent)
        for unit in content.units
        for it in unit.covered_by
    ]
    for rows in (first, then):
        session.add_all(rows)
        await session.flush()


def _changed(content: Content, change: MappingChange) -> Content:
    """Put what a change says in the place of what the rule says."""
    return replace(
        content,
        entry_year_from=content.entry_year_from if change.entry_year_from is None else change.entry_year_from,
        entry_year_to=content.entry_year_to if change.entry_year_to is None else change.entry_year_to,
        courses=content.courses if change.courses is None else _courses(change.courses),
        grades=content.grades if change.grades is None else _grades(change.grades),
        offsets=content.offsets if change.offsets is None else _offsets(change.offsets),
        units=content.units if change.units is None else _units(change.units),
    )


def _courses(courses: Sequence[MappingCourseIn]) -> list[rules.CourseTerms]:
    return [rules.CourseTerms(it.course_id, it.credit, it.grade) for it in courses]


def _grades(grades: Sequence[MappingGradeIn]) -> list[rules.GradeTerms]:
    return [rules.GradeTerms(it.score_from, it.grade) for it in grades]


def _offsets(offsets: Sequence[MappingOffsetIn]) -> list[rules.OffsetTerms]:
    return [
        rules.OffsetTerms(it.component_code, it.course_id, it.share_percent, it.counts_as_percent) for it in offsets
    ]


def _units(units: Sequence[MappingUnitIn]) -> list[rules.UnitTerms]:
    return [
        rules.UnitTerms(
            it.code,
            it.name,
            it.weight_percent,
            [rules.CoverageTerms(cover.course_id, cover.percent) for cover in it.covered_by],
        )
        for it in units
    ]

"""What callers are told of rules: all that they say, and what the caller may do next."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import quantities
from x_pilot_api.core.actors import Actor
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.mappings import rules
from x_pilot_api.mappings.models import Direction, Mapping, MappingState
from x_pilot_api.mappings.queries import describing, notices
from x_pilot_api.mappings.queries import mapping as queries
from x_pilot_api.mappings.queries.describing import Described
from x_pilot_api.mappings.schemas import (
    MappingCourseOut,
    MappingCoverageOut,
    MappingDifferenceOut,
    MappingDifferencesOut,
    MappingGradeOut,
    MappingOffsetOut,
    MappingOut,
    MappingUnitOut,
)


async def tell(session: AsyncSession, actor: Actor, mappings: Sequence[Mapping], *, today: date) -> list[MappingOut]:
    """Tell a caller of rules."""
    publishes, approves = actor.may(Permission.MAPPINGS_PUBLISH), actor.may(Permission.MAPPINGS_APPROVE)
    filed = [it for it in mappings if publishes and it.state == MappingState.FILED]
    shown = await notices.find_shown(session, filed, today=today)
    agreed = [it for it in mappings if approves and it.state == MappingState.AGREED]
    own = await queries.find_agreed_by(session, actor, agreed)
    return [
        _told(
            described,
            rules.allowed_deeds(
                actor,
                described.mapping,
                stakes=described.stakes,
                today=today,
                shown=shown.get((described.mapping.institution_id, described.mapping.id)),
                has_agreed_to_it=described.mapping.id in own,
            ),
        )
        for described in await describing.describe(session, mappings)
    ]


async def tell_one(session: AsyncSession, actor: Actor, mapping: Mapping, *, today: date) -> MappingOut:
    """Tell a caller of one rule."""
    (told,) = await tell(session, actor, [mapping], today=today)
    return told


async def compare(session: AsyncSession, before: Mapping, after: Mapping) -> MappingDifferencesOut:
    """Tell how one version of a rule differs from another."""
    first, second = await describing.describe(session, [before, after])
    found = rules.differences(dict(_places(first)), dict(_places(second)))
    return MappingDifferencesOut(
        before_id=before.id,
        before_version=before.version,
        after_id=after.id,
        after_version=after.version,
        differences=[MappingDifferenceOut(place=it.place, before=it.before, after=it.after) for it in found],
    )


def _places(described: Described) -> Iterator[tuple[str, str]]:
    """Write each thing that a rule says beside the place where it says it."""
    codes = {line.course_id: line.code for line in described.courses}
    yield "entry_year_from", str(described.mapping.entry_year_from)
    yield "entry_year_to", str(described.mapping.entry_year_to)
    for line in described.courses:
        yield f"courses/{line.code}/credit", quantities.format_hundredths(line.credit_hundredths)
        if line.grade is not None:
            yield f"courses/{line.code}/grade", line.grade
    for grade in described.terms.grades:
        yield f"grades/{quantities.format_hundredths(grade.score_from_hundredths)}", grade.grade
    if described.terms.scheme_id is not None:
        yield "scheme_id", str(described.terms.scheme_id)
    for offset in described.terms.offsets:
        place = f"offsets/{offset.component_code}/{codes[offset.course_id]}"
        yield place, f"{offset.share_percent}"
        if offset.counts_as_percent is not None:
            yield f"{place}/counts_as", f"{offset.counts_as_percent}"
    for unit in described.terms.units:
        yield f"units/{unit.code}/name", unit.name
        yield f"units/{unit.code}/weight_percent", f"{unit.weight_percent}"
        for cover in unit.covered_by:
            yield f"units/{unit.code}/covered_by/{codes[cover.course_id]}", f"{cover.percent}"


def _told(described: Described, deeds: list[str]) -> MappingOut:
    mapping, terms = described.mapping, described.terms
    return MappingOut(
        id=mapping.id,
        institution_id=mapping.institution_id,
        programme_id=mapping.programme_id,
        programme_code=described.programme_code,
        programme_name=described.programme_name,
        certificate_level_id=mapping.certificate_level_id,
        certificate_name=described.certificate_name,
        level=described.level,
        direction=Direction(mapping.direction),
        entry_year_from=mapping.entry_year_from,
        entry_year_to=mapping.entry_year_to,
        version=mapping.version,
        revises_id=mapping.revises_id,
        state=MappingState(mapping.state),
        courses=tell_courses(described),
        credit=sum(line.credit_hundredths for line in described.courses),
        grades=[MappingGradeOut(score_from=it.score_from_hundredths, grade=it.grade) for it in terms.grades],
        offsets=tell_offsets(described),
        units=tell_units(described),
        coverage_percent=rules.coverage_hundredths(terms.units),
        content_hash=mapping.content_hash,
        college_agreed=rules.has_agreed(mapping, rules.Party.COLLEGE),
        organisation_agreed=rules.has_agreed(mapping, rules.Party.ORGANISATION),
        filing_number=mapping.filing_number,
        filed_on=mapping.filed_on,
        filing_document=mapping.filing_document,
        effective_from=mapping.effective_from,
        effective_to=mapping.effective_to,
        published_at=mapping.published_at,
        allowed_deeds=deeds,
    )


def tell_courses(described: Described) -> list[MappingCourseOut]:
    """Tell what a rule says of its courses."""
    return [
        MappingCourseOut(
            course_id=line.course_id,
            code=line.code,
            name=line.name,
            credit=line.credit_hundredths,
            grade=line.grade,
        )
        for line in described.courses
    ]


def tell_offsets(described: Described) -> list[MappingOffsetOut]:
    """Tell what a rule's courses offset of the assessment."""
    return [
        MappingOffsetOut(
            component_code=it.component_code,
            component_name=described.terms.component_names[it.component_code],
            course_id=it.course_id,
            share_percent=it.share_percent,
            counts_as_percent=it.counts_as_percent,
        )
        for it in described.terms.offsets
    ]


def tell_units(described: Described) -> list[MappingUnitOut]:
    """Tell which units of the standard a rule's courses cover."""
    return [
        MappingUnitOut(
            code=it.code,
            name=it.name,
            weight_percent=it.weight_percent,
            covered_percent=sum(cover.percent for cover in it.covered_by),
            covered_by=[
                MappingCoverageOut(course_id=cover.course_id, percent=cover.percent) for cover in it.covered_by
            ],
        )
        for it in described.terms.units
    ]

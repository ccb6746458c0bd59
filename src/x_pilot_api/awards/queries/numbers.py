"""Finding how certificates are numbered, and where numbers clash."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards.models import AwardNumber, NumberClash, NumberPattern
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of

# Highest version in force on the day; one made for the certificate goes before the general one.
_IN_FORCE = text("""
SELECT DISTINCT ON (level.id) level.id AS certificate_level_id, level.level, certificate.organisation_id,
    pattern.pattern
FROM certificate_levels AS level
JOIN certificates AS certificate ON certificate.id = level.certificate_id
JOIN number_patterns AS pattern ON pattern.organisation_id = certificate.organisation_id
    AND coalesce(pattern.certificate_id, certificate.id) = certificate.id AND pattern.effective_from <= :on
WHERE level.id = ANY(CAST(:level_ids AS uuid[]))
ORDER BY level.id, pattern.certificate_id NULLS LAST, pattern.version DESC
""")

# Each institution has a number once; what lies in a test institution certifies nothing and clashes with nothing.
_CLASHES = text("""
SELECT numbered.organisation_id, numbered.number,
    array_agg(numbered.institution_id ORDER BY numbered.institution_id) AS institution_ids
FROM award_numbers AS numbered
JOIN awards AS award ON award.institution_id = numbered.institution_id AND award.id = numbered.award_id
JOIN institutions AS institution ON institution.id = numbered.institution_id
WHERE NOT institution.is_test AND award.state <> 'revoked' AND numbered.number NOT LIKE 'XP-%'
GROUP BY numbered.organisation_id, numbered.number HAVING count(*) > 1
ORDER BY numbered.organisation_id, numbered.number
""")


async def find_patterns(
    session: AsyncSession, level_ids: Collection[UUID], *, on: date
) -> Mapping[UUID, Row[*tuple[Any, ...]]]:
    """Find the pattern by which each level's certificates are numbered on a day; levels without one are left out."""
    found = await session.execute(_IN_FORCE, {"level_ids": list(level_ids), "on": on})
    return {row.certificate_level_id: row for row in found.all()}


async def find_newest_version(session: AsyncSession, *, organisation_id: UUID, certificate_id: UUID | None) -> int:
    """Tell the newest version of an organisation's pattern for a certificate, or of its general one; 0 for none."""
    statement = select(func.coalesce(func.max(NumberPattern.version), 0)).where(
        NumberPattern.organisation_id == organisation_id,
        NumberPattern.certificate_id.is_not_distinct_from(certificate_id),
    )
    return int((await session.execute(statement)).scalar_one())


async def list_patterns(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[NumberPattern], str | None]:
    """List patterns: an organisation its own, an institution everybody's, since its certificates bear them."""
    statement = select(NumberPattern)
    if actor.organisation_id is not None:
        statement = statement.where(NumberPattern.organisation_id == actor.organisation_id)
    return await page_of(session, statement, order=(NumberPattern.id,), wish=wish)


async def find_taken(
    session: AsyncSession, *, institution_id: UUID, organisation_id: UUID, numbers: Collection[str]
) -> set[str]:
    """Find which of some numbers an organisation's certificates bear, or ever bore, at an institution."""
    statement = select(AwardNumber.number).where(
        AwardNumber.institution_id == institution_id,
        AwardNumber.organisation_id == organisation_id,
        AwardNumber.number.in_(numbers),
    )
    return set((await session.scalars(statement)).all())


async def find_clashes(session: AsyncSession) -> Sequence[Row[*tuple[Any, ...]]]:
    """Find the numbers that several institutions' certificates of one organisation bear."""
    return (await session.execute(_CLASHES)).all()


async def list_clashes(session: AsyncSession, *, wish: PageWish) -> tuple[Sequence[NumberClash], str | None]:
    """List the clashes that were found last, oldest first."""
    return await page_of(session, select(NumberClash), order=(NumberClash.id,), wish=wish)

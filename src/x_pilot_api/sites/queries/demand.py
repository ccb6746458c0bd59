"""What is wanted of assessment sites: quotas and registrations against the seats there."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Malformed
from x_pilot_api.core.pagination import PageWish, token_after
from x_pilot_api.identity.models import Role
from x_pilot_api.sites import rules
from x_pilot_api.sites.schemas import ProgrammeDemandOut, RegionalDemandOut, SiteDemandOut

_OFFICE = frozenset({Role.REGISTRAR, Role.AUDITOR})

# An organisation asks for its own levels at all institutions, an institution for all levels at its own colleges.
# A programme's participation and its college's own never count the same candidates.
_WITH = """
WITH wanted AS (
    SELECT participation.institution_id, participation.college_id, participation.certificate_level_id,
        coalesce(sum(quota_asked) FILTER (WHERE state = 'asked'), 0) AS seats_asked,
        coalesce(sum(quota) FILTER (WHERE state = 'approved'), 0) AS seats_wanted,
        coalesce(sum(taken), 0) AS registered
    FROM participations AS participation
    WHERE academic_year = :academic_year AND state <> 'refused'
        AND (CAST(:institution_id AS uuid) IS NULL OR participation.institution_id = :institution_id)
    GROUP BY 1, 2, 3
), offered AS (
    SELECT site.institution_id, site.college_id, offer.certificate_level_id, sum(offer.capacity) AS seats,
        coalesce(sum(offer.capacity) FILTER (WHERE site.is_shared), 0) AS seats_shared
    FROM site_levels AS offer
    JOIN assessment_sites AS site ON site.institution_id = offer.institution_id AND site.id = offer.site_id
    WHERE offer.state = 'approved' AND CAST(:today AS date) BETWEEN offer.valid_from AND offer.valid_to
        AND (CAST(:institution_id AS uuid) IS NULL OR offer.institution_id = :institution_id)
    GROUP BY 1, 2, 3
), both_sides AS (
    SELECT coalesce(wanted.institution_id, offered.institution_id) AS institution_id,
        coalesce(wanted.college_id, offered.college_id) AS college_id,
        coalesce(wanted.certificate_level_id, offered.certificate_level_id) AS certificate_level_id,
        coalesce(seats_asked, 0) AS seats_asked, coalesce(seats_wanted, 0) AS seats_wanted,
        coalesce(registered, 0) AS registered, coalesce(seats, 0) AS seats, coalesce(seats_shared, 0) AS seats_shared
    FROM wanted FULL JOIN offered USING (institution_id, college_id, certificate_level_id)
), told AS (
    SELECT both_sides.*, institution.name AS institution_name, institution.province,
        certificate.name AS certificate_name, level.level,
        sum(seats_shared) OVER (PARTITION BY institution_id, certificate_level_id) - seats_shared AS seats_of_others
    FROM both_sides
    JOIN certificate_levels AS level ON level.id = certificate_level_id
    JOIN certificates AS certificate ON certificate.id = level.certificate_id
    JOIN institutions AS institution ON institution.id = institution_id
    WHERE (CAST(:organisation_id AS uuid) IS NULL OR certificate.organisation_id = :organisation_id)
        AND (CAST(:certificate_level_id AS uuid) IS NULL OR certificate_level_id = :certificate_level_id)
)
"""

_DEMAND = text(f"""{_WITH}
SELECT told.*, college.name AS college_name
FROM told JOIN colleges AS college ON college.institution_id = told.institution_id AND college.id = told.college_id
WHERE (CAST(:college_ids AS uuid[]) IS NULL OR told.college_id = ANY(CAST(:college_ids AS uuid[])))
    AND (told.institution_id, told.college_id, told.certificate_level_id)
        > (CAST(:after_institution AS uuid), CAST(:after_college AS uuid), CAST(:after_level AS uuid))
ORDER BY told.institution_id, told.college_id, told.certificate_level_id LIMIT :size
""")

_REGIONS = text(f"""{_WITH}
SELECT province, certificate_level_id, certificate_name, level, count(DISTINCT institution_id) AS institutions,
    sum(seats_asked) AS seats_asked, sum(seats_wanted) AS seats_wanted, sum(registered) AS registered,
    sum(seats) AS seats
FROM told WHERE (CAST(:college_ids AS uuid[]) IS NULL OR college_id = ANY(CAST(:college_ids AS uuid[])))
GROUP BY 1, 2, 3, 4
HAVING (province, certificate_level_id) > (CAST(:after_province AS text), CAST(:after_level AS uuid))
ORDER BY 1, 2 LIMIT :size
""")

_PROGRAMMES = text("""
SELECT participation.institution_id, participation.college_id, participation.certificate_level_id,
    participation.programme_id, programme.name, coalesce(participation.quota, 0) AS seats_wanted, participation.taken
FROM participations AS participation
JOIN programmes AS programme ON programme.institution_id = participation.institution_id
    AND programme.id = participation.programme_id
WHERE participation.academic_year = :academic_year AND participation.state = 'approved'
    AND participation.institution_id = ANY(CAST(:institution_ids AS uuid[]))
    AND participation.certificate_level_id = ANY(CAST(:level_ids AS uuid[]))
ORDER BY programme.name, programme.id
""")

_NIL = str(UUID(int=0))


def _scope(actor: Actor) -> dict[str, object]:
    """Say whose figures are told; who speaks for neither an organisation nor an institution is told none."""
    everywhere = actor.institution_id is None and actor.organisation_id is not None
    bound = actor.institution_id is not None and not actor.roles & _OFFICE
    return {
        "institution_id": None if everywhere else actor.institution_id or UUID(int=0),
        "organisation_id": actor.organisation_id,
        "college_ids": sorted(actor.college_ids) if bound else None,
    }


def _after(wish: PageWish, *first: str) -> list[str]:
    """Read the keys a page goes on after."""
    after = list(wish.after) if wish.after is not None else list(first)
    if len(after) != len(first):
        raise Malformed(what="page_token")
    try:
        for key, example in zip(after, first, strict=True):
            if example == _NIL:
                UUID(key)
    except ValueError:
        raise Malformed(what="page_token") from None
    return after


async def _page(session: AsyncSession, statement: TextClause, values: dict[str, object], size: int) -> list[Row[Any]]:
    return list((await session.execute(statement, values | {"size": size + 1})).all())


async def list_demand(
    session: AsyncSession,
    actor: Actor,
    *,
    academic_year: str,
    certificate_level_id: UUID | None,
    today: date,
    wish: PageWish,
) -> tuple[list[SiteDemandOut], str | None]:
    """Tell per college and level how many seats are wanted and how many are there."""
    institution, college, level = _after(wish, _NIL, _NIL, _NIL)
    values = _scope(actor) | {
        "academic_year": academic_year,
        "certificate_level_id": certificate_level_id,
        "today": today,
        "after_institution": institution,
        "after_college": college,
        "after_level": level,
    }
    rows = await _page(session, _DEMAND, values, wish.size)
    shown = rows[: wish.size]
    programmes = await _programmes(session, academic_year, shown)
    token = None
    if len(rows) > wish.size:
        last = shown[-1]
        token = token_after(str(last.institution_id), str(last.college_id), str(last.certificate_level_id))
    return [_told(row, programmes) for row in shown], token


_Place = tuple[UUID, UUID, UUID]


def _told(row: Row[Any], programmes: dict[_Place, list[ProgrammeDemandOut]]) -> SiteDemandOut:
    return SiteDemandOut(
        institution_id=row.institution_id,
        institution_name=row.institution_name,
        province=row.province,
        college_id=row.college_id,
        college_name=row.college_name,
        certificate_level_id=row.certificate_level_id,
        certificate_name=row.certificate_name,
        level=row.level,
        seats_asked=int(row.seats_asked),
        seats_wanted=int(row.seats_wanted),
        registered=int(row.registered),
        seats_own=int(row.seats),
        seats_shared=int(row.seats_of_others),
        turns_needed=rules.turns_needed(int(row.seats_wanted), int(row.seats) + int(row.seats_of_others)),
        programmes=programmes.get((row.institution_id, row.college_id, row.certificate_level_id), []),
    )


async def _programmes(
    session: AsyncSession, academic_year: str, shown: list[Row[Any]]
) -> dict[_Place, list[ProgrammeDemandOut]]:
    values = {
        "academic_year": academic_year,
        "institution_ids": sorted({row.institution_id for row in shown}),
        "level_ids": sorted({row.certificate_level_id for row in shown}),
    }
    found: dict[_Place, list[ProgrammeDemandOut]] = {}
    for row in (await session.execute(_PROGRAMMES, values)).all():
        found.setdefault((row.institution_id, row.college_id, row.certificate_level_id), []).append(
            ProgrammeDemandOut(
                programme_id=row.programme_id,
                programme_name=row.name,
                seats_wanted=row.seats_wanted,
                registered=row.taken,
            )
        )
    return found


async def list_regional_demand(
    session: AsyncSession,
    actor: Actor,
    *,
    academic_year: str,
    certificate_level_id: UUID | None,
    today: date,
    wish: PageWish,
) -> tuple[list[RegionalDemandOut], str | None]:
    """Tell per province and level how many seats are wanted and how many are there."""
    province, level = _after(wish, "", _NIL)
    values = _scope(actor) | {
        "academic_year": academic_year,
        "certificate_level_id": certificate_level_id,
        "today": today,
        "after_province": province,
        "after_level": level,
    }
    rows = await _page(session, _REGIONS, values, wish.size)
    shown = rows[: wish.size]
    token = token_after(shown[-1].province, str(shown[-1].certificate_level_id)) if len(rows) > wish.size else None
    return [
        RegionalDemandOut(
            province=row.province,
            certificate_level_id=row.certificate_level_id,
            certificate_name=row.certificate_name,
            level=row.level,
            institutions=row.institutions,
            seats_asked=int(row.seats_asked),
            seats_wanted=int(row.seats_wanted),
            registered=int(row.registered),
            seats=int(row.seats),
            turns_needed=rules.turns_needed(int(row.seats_wanted), int(row.seats)),
        )
        for row in shown
    ], token

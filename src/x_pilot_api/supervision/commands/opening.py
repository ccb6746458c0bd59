"""Opening a year: every college gets its assessment by one statement; and showing its ranking, or no longer."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.supervision.commands import telling
from x_pilot_api.supervision.errors import CollegeSchemeMissing
from x_pilot_api.supervision.models import AssessmentYear
from x_pilot_api.supervision.queries import schemes
from x_pilot_api.supervision.queries import years as queries
from x_pilot_api.supervision.rules import assessing as rules
from x_pilot_api.supervision.schemas.schemes import AssessmentYearIn

# A college that has its assessment keeps it; one that came later gets its own when the year is opened again.
_OPEN = (
    text("""
INSERT INTO college_assessments (institution_id, year_id, college_id, state)
SELECT college.institution_id, :year_id, college.id, 'open'
FROM colleges AS college WHERE college.institution_id = :institution_id ORDER BY college.id
ON CONFLICT DO NOTHING
RETURNING id
""")
    .bindparams(bindparam("institution_id", type_=Uuid), bindparam("year_id", type_=Uuid))
    .columns(id=Uuid)
)


async def open_year(session: AsyncSession, actor: Actor, *, wish: AssessmentYearIn) -> tuple[AssessmentYear, int]:
    """Open a year for every college by the scheme that holds for it; one that is open keeps scheme and instant."""
    institution_id = actor.own_institution()
    closes_at = rules.closing_of(wish.year, closes_at=wish.closes_at, timezone=db.timezone_of(session))
    year = await queries.find_year(session, actor, wish.year, lock=True)
    if year is None:
        await _make(session, actor, institution_id, year=wish.year, closes_at=closes_at)
        year = await queries.get_year(session, actor, wish.year, lock=True)
    rules.check_unranked(year)
    ids = (await session.scalars(_OPEN, {"institution_id": year.institution_id, "year_id": year.id})).all()
    await telling.tell_colleges(session, telling.OPENED, institution_id=year.institution_id, assessment_ids=ids)
    await _record(session, actor, "open_assessment_year", year, before=None, assessments=len(ids))
    return year, len(ids)


async def _make(session: AsyncSession, actor: Actor, institution_id: UUID, *, year: int, closes_at: datetime) -> None:
    """Make the year unless it is there: of two openings at once, one makes it and both go on with it."""
    scheme = await schemes.lock_of_year(session, institution_id, year)
    if scheme is None:
        raise CollegeSchemeMissing(year=year)
    await session.execute(
        insert(AssessmentYear)
        .values(
            institution_id=institution_id,
            id=uuid4(),
            year=year,
            scheme_id=scheme.id,
            closes_at=closes_at,
            ranking=rules.RANKING.initial,
            opened_by=actor.id,
        )
        .on_conflict_do_nothing()
    )


async def publish_ranking(session: AsyncSession, actor: Actor, *, year: int) -> AssessmentYear:
    """Show all colleges of a year in their order, once each is reviewed."""
    found = await queries.get_year(session, actor, year, lock=True)
    before = _standing(found)
    found.ranking = rules.RANKING.target_of("publish_ranking", state=found.ranking)
    rules.check_rankable(await queries.list_unreviewed(session, found))
    found.ranked_by = actor.id
    await session.flush()
    await telling.tell_of_ranking(session, found)
    await _record(session, actor, "publish_college_ranking", found, before=before)
    return found


async def withdraw_ranking(session: AsyncSession, actor: Actor, *, year: int, reason: str) -> AssessmentYear:
    """Show a ranking no longer, and say why; assessments of the year can be sent back again."""
    found = await queries.get_year(session, actor, year, lock=True)
    before = _standing(found)
    found.ranking = rules.RANKING.target_of("withdraw_ranking", state=found.ranking)
    found.ranked_by, found.withdrawal_reason = actor.id, reason
    await session.flush()
    await _record(session, actor, "withdraw_college_ranking", found, before=before)
    return found


def _standing(year: AssessmentYear) -> audit.State:
    return changes.fields_of(year, "ranking", "withdrawal_reason")


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    year: AssessmentYear,
    *,
    before: audit.State | None,
    **detail: object,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=year.institution_id,
        object_kind=rules.YEAR_KIND,
        object_id=year.id,
        detail={"year": year.year, "scheme_id": str(year.scheme_id), **detail},
        before=before,
        after=_standing(year),
    )

"""Finding the years colleges are assessed for, and their ranking where it is published."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.registry.models import College
from x_pilot_api.supervision.errors import RankingNotPublished, YearNotOpened
from x_pilot_api.supervision.models import (
    AssessmentYear,
    CollegeAssessment,
    CollegeAssessmentState,
    CollegeScheme,
    RankingState,
)
from x_pilot_api.supervision.queries import assessments, scoring
from x_pilot_api.supervision.rules import assessing as rules
from x_pilot_api.supervision.rules.scoring import Total, ranks_of
from x_pilot_api.supervision.schemas.schemes import AssessmentYearOut, CollegeRankingOut, RankedCollegeOut


def visible_years(actor: Actor) -> Select[AssessmentYear]:
    """Select the years of the actor's institution."""
    if actor.institution_id is None:
        return select(AssessmentYear).where(false())
    return select(AssessmentYear).where(AssessmentYear.institution_id == actor.institution_id)


async def find_year(session: AsyncSession, actor: Actor, year: int, *, lock: bool = False) -> AssessmentYear | None:
    """Find a year that was opened, locked when its ranking is decided or it is opened again."""
    statement = visible_years(actor).where(AssessmentYear.year == year)
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(populate_existing=True)
    return (await session.scalars(statement)).one_or_none()


async def get_year(session: AsyncSession, actor: Actor, year: int, *, lock: bool = False) -> AssessmentYear:
    """Read a year that was opened."""
    found = await find_year(session, actor, year, lock=lock)
    if found is None:
        raise YearNotOpened(year=year)
    return found


async def list_years(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[AssessmentYear], str | None]:
    """List the years, the first one first."""
    return await page_of(session, visible_years(actor), order=(AssessmentYear.year,), wish=wish)


async def list_opened(session: AsyncSession, institution_id: UUID) -> Sequence[int]:
    """List which years were opened."""
    statement = select(AssessmentYear.year).where(AssessmentYear.institution_id == institution_id)
    return (await session.scalars(statement.order_by(AssessmentYear.year))).all()


async def describe_years(
    session: AsyncSession, actor: Actor, rows: Sequence[AssessmentYear]
) -> list[AssessmentYearOut]:
    """Tell years with how many colleges are how far, in two statements however many they are."""
    if not rows:
        return []
    institution_id = rows[0].institution_id
    seen = assessments.visible_assessments(actor).where(CollegeAssessment.year_id.in_([row.id for row in rows]))
    counted = await session.execute(
        seen.with_only_columns(CollegeAssessment.year_id, CollegeAssessment.state, func.count()).group_by(
            CollegeAssessment.year_id, CollegeAssessment.state
        )
    )
    states: dict[UUID, dict[str, int]] = {}
    for year_id, state, count in counted.all():
        states.setdefault(year_id, {})[state] = count
    named = await session.execute(
        select(CollegeScheme.id, CollegeScheme.number, CollegeScheme.name).where(
            CollegeScheme.institution_id == institution_id, CollegeScheme.id.in_({row.scheme_id for row in rows})
        )
    )
    schemes = {row.id: row for row in named.all()}
    return [
        AssessmentYearOut(
            id=row.id,
            year=row.year,
            scheme_id=row.scheme_id,
            scheme_number=schemes[row.scheme_id].number,
            scheme_name=schemes[row.scheme_id].name,
            closes_at=row.closes_at,
            ranking=RankingState(row.ranking),
            withdrawal_reason=row.withdrawal_reason,
            colleges=sum(states.get(row.id, {}).values()),
            self_assessed=states.get(row.id, {}).get(CollegeAssessmentState.SELF_ASSESSED, 0),
            reviewed=states.get(row.id, {}).get(CollegeAssessmentState.REVIEWED, 0),
            allowed_deeds=rules.RANKING.allowed_deeds(actor, state=row.ranking),
        )
        for row in rows
    ]


async def list_unreviewed(session: AsyncSession, year: AssessmentYear) -> list[str]:
    """Name the colleges of a year that are not reviewed."""
    statement = (
        select(College.name)
        .join(
            CollegeAssessment,
            (CollegeAssessment.institution_id == College.institution_id) & (CollegeAssessment.college_id == College.id),
        )
        .where(
            CollegeAssessment.institution_id == year.institution_id,
            CollegeAssessment.year_id == year.id,
            CollegeAssessment.state != CollegeAssessmentState.REVIEWED,
        )
        .order_by(College.code)
    )
    return list((await session.scalars(statement)).all())


async def tell_ranking(session: AsyncSession, actor: Actor, year: int) -> CollegeRankingOut:
    """Tell all colleges of a year in their order, if the office has published that."""
    found = await get_year(session, actor, year)
    if found.ranking != RankingState.PUBLISHED:
        raise RankingNotPublished(year=year)
    statement = (
        select(CollegeAssessment.id, College.id.label("college_id"), College.name)
        .join(
            College,
            (CollegeAssessment.institution_id == College.institution_id) & (CollegeAssessment.college_id == College.id),
        )
        .where(CollegeAssessment.institution_id == found.institution_id, CollegeAssessment.year_id == found.id)
        .order_by(College.code)
    )
    colleges = {row.id: row for row in (await session.execute(statement)).all()}
    totals = await scoring.list_totals(session, found.institution_id, list(colleges))
    (told,) = await describe_years(session, actor, [found])
    nothing = Total(0, 0, None)
    ranked = ranks_of({key: totals.get(key, nothing).percent for key in colleges})
    return CollegeRankingOut(
        year=year,
        scheme_name=told.scheme_name,
        scheme_number=told.scheme_number,
        closes_at=found.closes_at,
        colleges=[
            RankedCollegeOut(
                rank=rank,
                college_id=colleges[key].college_id,
                college_name=colleges[key].name,
                **scoring.tell_total(totals.get(key, nothing)).model_dump(),
            )
            for key, rank in ranked
        ],
    )

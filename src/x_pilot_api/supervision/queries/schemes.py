"""Finding the versions of the scheme, and the indicators in them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.figures import rules as catalogue
from x_pilot_api.supervision.models import CollegeIndicator, CollegeScheme, CollegeSchemeState
from x_pilot_api.supervision.rules import schemes as rules
from x_pilot_api.supervision.schemas.schemes import CollegeIndicatorOut, CollegeSchemeOut, IndicatorSource


def visible_schemes(actor: Actor) -> Select[CollegeScheme]:
    """Select the versions of the actor's institution; a draft is the office's."""
    if actor.institution_id is None:
        return select(CollegeScheme).where(false())
    own = select(CollegeScheme).where(CollegeScheme.institution_id == actor.institution_id)
    return own if actor.may(rules.READS_DRAFTS) else own.where(CollegeScheme.state != CollegeSchemeState.DRAFT)


async def get_scheme(session: AsyncSession, actor: Actor, scheme_id: UUID, *, lock: bool = False) -> CollegeScheme:
    """Read one visible version, locked when it is to be changed."""
    statement = visible_schemes(actor).where(CollegeScheme.id == scheme_id)
    return await lookups.get_one(session, statement, what="college scheme", zh="考核方案", lock=lock)


async def list_schemes(
    session: AsyncSession, actor: Actor, *, state: CollegeSchemeState | None, wish: PageWish
) -> tuple[Sequence[CollegeScheme], str | None]:
    """List visible versions, the first one first."""
    statement = visible_schemes(actor)
    if state is not None:
        statement = statement.where(CollegeScheme.state == state)
    return await page_of(session, statement, order=(CollegeScheme.number,), wish=wish)


async def find_current(session: AsyncSession, institution_id: UUID) -> CollegeScheme | None:
    """Find the version in force, and let one deed at a time follow it."""
    statement = (
        select(CollegeScheme)
        .where(CollegeScheme.institution_id == institution_id, CollegeScheme.state == CollegeSchemeState.IN_FORCE)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def lock_of_year(session: AsyncSession, institution_id: UUID, year: int) -> CollegeScheme | None:
    """Find the version that holds for a year, and let none follow it meanwhile."""
    statement = (
        select(CollegeScheme)
        .where(
            CollegeScheme.institution_id == institution_id,
            CollegeScheme.state != CollegeSchemeState.DRAFT,
            CollegeScheme.first_year <= year,
            or_(CollegeScheme.last_year.is_(None), CollegeScheme.last_year >= year),
        )
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    # One that was followed while the lock was waited for no longer holds; what followed it is seen by looking again.
    found = (await session.scalars(statement)).one_or_none()
    return found or (await session.scalars(statement)).one_or_none()


async def list_indicators(
    session: AsyncSession, institution_id: UUID, scheme_ids: Sequence[UUID]
) -> dict[UUID, list[CollegeIndicator]]:
    """List the indicators of some versions in their order, by version."""
    statement = (
        select(CollegeIndicator)
        .where(CollegeIndicator.institution_id == institution_id, CollegeIndicator.scheme_id.in_(scheme_ids))
        .order_by(CollegeIndicator.scheme_id, CollegeIndicator.position)
        .execution_options(populate_existing=True)
    )
    found: dict[UUID, list[CollegeIndicator]] = {scheme_id: [] for scheme_id in scheme_ids}
    for each in (await session.scalars(statement)).all():
        found[each.scheme_id].append(each)
    return found


async def describe_schemes(
    session: AsyncSession, actor: Actor, rows: Sequence[CollegeScheme]
) -> list[CollegeSchemeOut]:
    """Tell versions with their indicators, in one statement however many they are."""
    if not rows:
        return []
    indicators = await list_indicators(session, rows[0].institution_id, [row.id for row in rows])
    return [
        CollegeSchemeOut(
            id=row.id,
            number=row.number,
            name=row.name,
            basis=row.basis,
            first_year=row.first_year,
            last_year=row.last_year,
            state=CollegeSchemeState(row.state),
            indicators=[tell_indicator(each) for each in indicators[row.id]],
            allowed_deeds=rules.allowed_deeds(actor, row),
        )
        for row in rows
    ]


def tell_indicator(row: CollegeIndicator) -> CollegeIndicatorOut:
    """Tell an indicator in the words of its figure's definition, or in the scheme's own."""
    definition = catalogue.definition_of(row.figure_code, row.figure_version) if row.figure_code else None
    above, below = (definition.numerator, definition.denominator) if definition else (None, None)
    return CollegeIndicatorOut(
        code=row.code,
        name=row.name,
        source=IndicatorSource.FIGURE if definition else IndicatorSource.MANUAL,
        figure_code=row.figure_code,
        figure_version=row.figure_version,
        numerator_zh=above.zh if above else str(row.numerator),
        numerator_en=above.en if above else str(row.numerator),
        denominator_zh=below.zh if below else str(row.denominator),
        denominator_en=below.en if below else str(row.denominator),
        weight=row.weight,
        target_percent=row.target_hundredths,
    )

"""Drawing versions of the scheme up, and putting them in force."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.supervision.errors import DraftExists
from x_pilot_api.supervision.models import CollegeIndicator, CollegeScheme
from x_pilot_api.supervision.queries import schemes as queries
from x_pilot_api.supervision.queries import years
from x_pilot_api.supervision.rules import schemes as rules
from x_pilot_api.supervision.schemas.schemes import CollegeIndicatorIn, CollegeSchemeIn


async def draft_scheme(session: AsyncSession, actor: Actor, *, wish: CollegeSchemeIn) -> CollegeScheme:
    """Draw the next version of the scheme up; one is drawn up at a time."""
    institution_id = actor.own_institution()
    rules.check_weights(each.weight for each in wish.indicators)
    latest = select(func.coalesce(func.max(CollegeScheme.number), 0) + 1).where(
        CollegeScheme.institution_id == institution_id
    )
    made = await session.scalars(
        insert(CollegeScheme)
        .values(
            institution_id=institution_id,
            id=uuid4(),
            number=latest.scalar_subquery(),
            name=wish.name,
            basis=wish.basis,
            first_year=wish.first_year,
            state=rules.SCHEME.initial,
            drafted_by=actor.id,
        )
        .on_conflict_do_nothing()
        .returning(CollegeScheme)
    )
    scheme = made.one_or_none()
    if scheme is None:
        raise DraftExists
    await _write(session, scheme, wish.indicators)
    await _record(session, actor, "draft_college_scheme", scheme, before=None)
    return scheme


async def change_scheme(
    session: AsyncSession, actor: Actor, *, scheme_id: UUID, wish: CollegeSchemeIn, if_match: str | None
) -> CollegeScheme:
    """Change a draft as it was read; a version that was ever in force stays as it is."""
    scheme = await queries.get_scheme(session, actor, scheme_id, lock=True)
    (told,) = await queries.describe_schemes(session, actor, [scheme])
    etags.check(told, if_match=if_match)
    before = _standing(scheme)
    scheme.state = rules.SCHEME.target_of("change", state=scheme.state)
    rules.check_weights(each.weight for each in wish.indicators)
    scheme.name, scheme.basis, scheme.first_year = wish.name, wish.basis, wish.first_year
    await session.flush()
    await session.execute(
        delete(CollegeIndicator).where(
            CollegeIndicator.institution_id == scheme.institution_id, CollegeIndicator.scheme_id == scheme.id
        )
    )
    await _write(session, scheme, wish.indicators)
    await _record(session, actor, "change_college_scheme", scheme, before=before)
    return scheme


async def enact_scheme(session: AsyncSession, actor: Actor, *, scheme_id: UUID, if_match: str | None) -> CollegeScheme:
    """Put a draft in force as it was read; the version before it holds until the year before its first."""
    scheme = await queries.get_scheme(session, actor, scheme_id, lock=True)
    (told,) = await queries.describe_schemes(session, actor, [scheme])
    etags.check(told, if_match=if_match)
    before = _standing(scheme)
    target = rules.SCHEME.target_of("enact", state=scheme.state)
    current = await queries.find_current(session, scheme.institution_id)
    opened = await years.list_opened(session, scheme.institution_id)
    rules.check_first_year(scheme.first_year, current=current, opened=opened)
    if current is not None:
        former = _standing(current)
        current.state = rules.SCHEME.target_of("supersede", state=current.state)
        current.last_year = scheme.first_year - 1
        await session.flush()
        await _record(session, actor, "supersede_college_scheme", current, before=former)
    scheme.state, scheme.enacted_by = target, actor.id
    await session.flush()
    await _record(session, actor, "enact_college_scheme", scheme, before=before)
    return scheme


async def _write(session: AsyncSession, scheme: CollegeScheme, wishes: Sequence[CollegeIndicatorIn]) -> None:
    rows = [
        {
            "institution_id": scheme.institution_id,
            "scheme_id": scheme.id,
            "code": each.code,
            "position": position,
            "name": each.name,
            "figure_code": each.figure_code,
            "figure_version": rules.version_of(each.figure_code) if each.figure_code else None,
            "numerator": each.numerator,
            "denominator": each.denominator,
            "weight": each.weight,
            "target_hundredths": each.target_percent,
        }
        for position, each in enumerate(wishes)
    ]
    await session.execute(insert(CollegeIndicator), rows)


def _standing(scheme: CollegeScheme) -> audit.State:
    return changes.fields_of(scheme, "state", "name", "basis", "first_year", "last_year")


async def _record(
    session: AsyncSession, actor: Actor, deed: str, scheme: CollegeScheme, *, before: audit.State | None
) -> None:
    indicators = (await queries.list_indicators(session, scheme.institution_id, [scheme.id]))[scheme.id]
    await audit.record(
        session,
        actor,
        deed,
        institution_id=scheme.institution_id,
        object_kind=rules.SCHEME_KIND,
        object_id=scheme.id,
        detail={
            "number": scheme.number,
            "indicators": [
                {"code": each.code, "weight": each.weight, "target_hundredths": each.target_hundredths}
                for each in indicators
            ],
        },
        before=before,
        after=_standing(scheme),
    )

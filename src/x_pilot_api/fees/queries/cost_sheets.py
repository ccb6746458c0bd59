"""Reading cost sheets; who may see which is decided here."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.fees import rules
from x_pilot_api.fees.models import CostChangeLimit, CostSheet, CostSheetLine, CostSheetState
from x_pilot_api.fees.rules import ChangeLimit, CostLine
from x_pilot_api.identity.models import Role

_SETTLED = (CostSheetState.ACCEPTED, CostSheetState.SUPERSEDED)
_OFFICE = frozenset({Role.REGISTRAR, Role.FINANCE, Role.AUDITOR})


def visible_sheets(actor: Actor) -> Select[CostSheet]:
    """Select the sheets an actor may see.

    An organisation the settled ones of its levels, an office its institution's, a college's staff their own.
    """
    if actor.organisation_id is not None:
        own = CostSheet.organisation_id == actor.organisation_id
        return select(CostSheet).where(own, CostSheet.state.in_(_SETTLED))
    if actor.institution_id is None:
        return select(CostSheet).where(false())
    statement = select(CostSheet).where(CostSheet.institution_id == actor.institution_id)
    if actor.roles & _OFFICE:
        return statement
    return statement.where(CostSheet.college_id.in_(actor.college_ids))


async def get_sheet(session: AsyncSession, actor: Actor, sheet_id: UUID, *, lock: bool = False) -> CostSheet:
    """Read one sheet the actor may see, locked when it is to be changed."""
    statement = visible_sheets(actor).where(CostSheet.id == sheet_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return await lookups.get_one(session, statement, what="cost sheet", zh="成本核算表")


async def list_sheets(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    certificate_level_id: UUID | None,
    exam_form: ExamForm | None,
    year: int | None,
    state: CostSheetState | None,
    wish: PageWish,
) -> tuple[Sequence[CostSheet], str | None]:
    """List visible sheets, each institution's oldest first."""
    statement = visible_sheets(actor)
    for column, value in (
        (CostSheet.college_id, college_id),
        (CostSheet.certificate_level_id, certificate_level_id),
        (CostSheet.exam_form, exam_form),
        (CostSheet.year, year),
        (CostSheet.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return await page_of(session, statement, order=(CostSheet.institution_id, CostSheet.id), wish=wish)


async def find_sheet(session: AsyncSession, *, institution_id: UUID, sheet_id: UUID) -> CostSheet | None:
    """Find a cost sheet of an institution."""
    statement = select(CostSheet).where(CostSheet.institution_id == institution_id, CostSheet.id == sheet_id)
    return (await session.scalars(statement)).one_or_none()


async def find_latest_version(
    session: AsyncSession, *, institution_id: UUID, college_id: UUID, level_id: UUID, exam_form: str, year: int
) -> CostSheet | None:
    """Find the highest version of a college's sheet for a level, form and year."""
    statement = (
        select(CostSheet)
        .where(
            CostSheet.institution_id == institution_id,
            CostSheet.college_id == college_id,
            CostSheet.certificate_level_id == level_id,
            CostSheet.exam_form == exam_form,
            CostSheet.year == year,
        )
        .order_by(CostSheet.version.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def find_accepted(session: AsyncSession, sheet: CostSheet, *, year: int, lock: bool = False) -> CostSheet | None:
    """Find the accepted version for the same college, level and form in a year."""
    statement = select(CostSheet).where(
        CostSheet.institution_id == sheet.institution_id,
        CostSheet.college_id == sheet.college_id,
        CostSheet.certificate_level_id == sheet.certificate_level_id,
        CostSheet.exam_form == sheet.exam_form,
        CostSheet.year == year,
        CostSheet.state == CostSheetState.ACCEPTED,
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(statement)).one_or_none()


async def list_lines(session: AsyncSession, sheet: CostSheet) -> Sequence[CostSheetLine]:
    """List a sheet's lines in their order."""
    statement = select(CostSheetLine).where(
        CostSheetLine.institution_id == sheet.institution_id, CostSheetLine.cost_sheet_id == sheet.id
    )
    return (await session.scalars(statement.order_by(CostSheetLine.position))).all()


def cost_line(line: CostSheetLine) -> CostLine:
    """Read a line as the rules do."""
    return CostLine(
        position=line.position,
        element=line.element,
        payer=line.payer,
        in_kind=line.in_kind,
        quantity_hundredths=line.quantity_hundredths,
        unit_cost_fen=line.unit_cost_fen,
        spread_over=line.spread_over,
    )


async def find_last_year(session: AsyncSession, sheet: CostSheet) -> Mapping[str, Fraction] | None:
    """Reckon last year's cash by element from its accepted sheet, if there is one."""
    last = await find_accepted(session, sheet, year=sheet.year - 1)
    if last is None:
        return None
    lines = [cost_line(line) for line in await list_lines(session, last)]
    return rules.cash_by_element(lines, candidates=last.candidates)


async def find_change_limit(session: AsyncSession, *, institution_id: UUID, on: date) -> ChangeLimit | None:
    """Find the limit of change that applies on a day: the one that began last."""
    statement = (
        select(CostChangeLimit)
        .where(CostChangeLimit.institution_id == institution_id, CostChangeLimit.effective_from <= on)
        .order_by(CostChangeLimit.effective_from.desc())
        .limit(1)
    )
    found = (await session.scalars(statement)).one_or_none()
    return None if found is None else ChangeLimit(found.percent, found.document_number)


async def list_change_limits(
    session: AsyncSession, *, institution_id: UUID | None, wish: PageWish
) -> tuple[Sequence[CostChangeLimit], str | None]:
    """List an institution's limits of change, oldest first."""
    statement = select(CostChangeLimit).where(CostChangeLimit.institution_id == institution_id)
    return await page_of(session, statement, order=(CostChangeLimit.id,), wish=wish)


async def find_change_limit_from(
    session: AsyncSession, *, institution_id: UUID, effective_from: date
) -> CostChangeLimit | None:
    """Find the limit that begins on a day."""
    statement = select(CostChangeLimit).where(
        CostChangeLimit.institution_id == institution_id, CostChangeLimit.effective_from == effective_from
    )
    return (await session.scalars(statement)).one_or_none()


def day_of(year: int, *, today: date) -> date:
    """Tell by which day's ceilings a year's sheet is measured: today's in its year, else those of its first day."""
    return today if today.year == year else date(year, 1, 1)


async def take_cost_sheet(session: AsyncSession, actor: Actor, sheet_id: UUID, *, to_draw_up: bool) -> CostSheet:
    """Lock a sheet before a deed on it; only who draws it up changes it."""
    sheet = await get_sheet(session, actor, sheet_id, lock=True)
    if to_draw_up and not rules.draws_up(actor, sheet):
        raise NotFound(what="cost sheet", zh="成本核算表")
    return sheet

"""Defining types of report, version after version, and retiring them."""

from uuid import UUID, uuid4

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.figures import rules as catalogue
from x_pilot_api.reports import queries, rules
from x_pilot_api.reports.errors import ReportTypeExists
from x_pilot_api.reports.models import ReportType, ReportTypeVersion
from x_pilot_api.reports.schemas import ReportDefinitionIn, ReportTypeIn


async def define_type(session: AsyncSession, actor: Actor, *, wish: ReportTypeIn) -> ReportType:
    """Define a type of report."""
    institution_id = actor.own_institution()
    catalogue.check_known(code for section in wish.sections for code in section.indicators)
    made = await session.scalars(
        insert(ReportType)
        .values(
            institution_id=institution_id,
            code=wish.code,
            cadence=wish.cadence,
            state=rules.TYPE.initial,
            versions=1,
        )
        .on_conflict_do_nothing(index_elements=["institution_id", "code"])
        .returning(ReportType)
    )
    type_ = made.one_or_none()
    if type_ is None:
        raise ReportTypeExists(type_code=wish.code)
    await _write(session, actor, type_, wish)
    await _record(session, actor, "define_report_type", type_, before=None)
    return type_


async def redefine_type(
    session: AsyncSession, actor: Actor, *, type_id: UUID, wish: ReportDefinitionIn, if_match: str | None
) -> ReportType:
    """Give a type its next version; reports that are open keep the one they were opened with."""
    type_ = await queries.get_type(session, actor, type_id, lock=True)
    (told,) = await queries.describe_types(session, actor, [type_])
    etags.check(told, if_match=if_match)
    target = rules.TYPE.target_of("redefine", state=type_.state)
    catalogue.check_known(code for section in wish.sections for code in section.indicators)
    before = _standing(type_)
    type_.versions, type_.state = type_.versions + 1, target
    await session.flush()
    await _write(session, actor, type_, wish)
    await _record(session, actor, "redefine_report_type", type_, before=before)
    return type_


async def retire_type(session: AsyncSession, actor: Actor, *, type_id: UUID) -> ReportType:
    """Open no more periods of a type; the reports there are go on."""
    return await _move(session, actor, "retire", type_id=type_id)


async def revive_type(session: AsyncSession, actor: Actor, *, type_id: UUID) -> ReportType:
    """Let periods of a type be opened again."""
    return await _move(session, actor, "revive", type_id=type_id)


async def _move(session: AsyncSession, actor: Actor, deed: str, *, type_id: UUID) -> ReportType:
    type_ = await queries.get_type(session, actor, type_id, lock=True)
    before = _standing(type_)
    type_.state = rules.TYPE.target_of(deed, state=type_.state)
    await session.flush()
    await _record(session, actor, f"{deed}_report_type", type_, before=before)
    return type_


async def _write(session: AsyncSession, actor: Actor, type_: ReportType, wish: ReportDefinitionIn) -> None:
    session.add(
        ReportTypeVersion(
            institution_id=type_.institution_id,
            id=uuid4(),
            report_type_id=type_.id,
            number=type_.versions,
            name=wish.name,
            basis=wish.basis,
            due_days=wish.due_days,
            remind_days=wish.remind_days,
            sections=[section.model_dump(mode="json") for section in wish.sections],
            defined_by=actor.id,
        )
    )
    await session.flush()


def _standing(type_: ReportType) -> audit.State:
    return changes.fields_of(type_, "state", "versions")


async def _record(
    session: AsyncSession, actor: Actor, deed: str, type_: ReportType, *, before: audit.State | None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=type_.institution_id,
        object_kind=rules.TYPE_KIND,
        object_id=type_.id,
        detail={"code": type_.code, "version": type_.versions},
        before=before,
        after=_standing(type_),
    )

"""What a college does: fill a programme's data in, and confirm them."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.programme_data import queries, rules
from x_pilot_api.programme_data.errors import LevelsNotKnown
from x_pilot_api.programme_data.models import ProgrammeReturn, ProgrammeReturnLevel, ProgrammeReturnVersion
from x_pilot_api.programme_data.rules import WORKFLOW
from x_pilot_api.programme_data.schemas import ProgrammeFiguresIn, ProgrammeReturnOut


async def fill_return(
    session: AsyncSession, actor: Actor, *, return_id: UUID, figures: ProgrammeFiguresIn, if_match: str | None
) -> ProgrammeReturn:
    """Write a programme's data down, in place of what was there."""
    data, _ = await _lock(session, actor, return_id, if_match=if_match)
    target = WORKFLOW.target_of("fill", state=data.state)
    unknown = await queries.list_unknown_levels(session, [wish.certificate_level_id for wish in figures.levels])
    if unknown:
        raise LevelsNotKnown(level_ids=", ".join(str(each) for each in unknown))
    before = _standing(data)
    data.classes, data.students, data.teachers = figures.classes, figures.students, figures.teachers
    data.remark, data.state = figures.remark, target
    await session.flush()
    await session.execute(
        delete(ProgrammeReturnLevel).where(
            ProgrammeReturnLevel.institution_id == data.institution_id,
            ProgrammeReturnLevel.programme_return_id == data.id,
        )
    )
    wishes = [
        {"institution_id": data.institution_id, "programme_return_id": data.id} | wish.model_dump()
        for wish in figures.levels
    ]
    if wishes:
        await session.execute(insert(ProgrammeReturnLevel), wishes)
    await _record(session, actor, "fill_programme_return", data, before=before, levels=len(wishes))
    return data


async def submit_return(
    session: AsyncSession, actor: Actor, *, return_id: UUID, today: date, if_match: str | None
) -> ProgrammeReturn:
    """Confirm a programme's data as they were read; they are kept as they are now, beside what the register knows."""
    data, told = await _lock(session, actor, return_id, if_match=if_match)
    target = WORKFLOW.target_of("submit", state=data.state)
    rules.check_whole(data)
    before = _standing(data)
    data.version += 1
    data.state, data.submitted_by = target, actor.id
    data.is_late = rules.is_late(today=today, due_on=told.due_on)
    await session.flush()
    session.add(
        ProgrammeReturnVersion(
            institution_id=data.institution_id,
            programme_return_id=data.id,
            number=data.version,
            figures=queries.figures_of(told),
            known=told.known.model_dump(mode="json"),
            is_late=data.is_late,
            submitted_by=actor.id,
        )
    )
    await session.flush()
    await _record(session, actor, "submit_programme_return", data, before=before, levels=len(told.levels))
    return data


async def _lock(
    session: AsyncSession, actor: Actor, return_id: UUID, *, if_match: str | None
) -> tuple[ProgrammeReturn, ProgrammeReturnOut]:
    """Lock what is to be changed, if the copy it was read as is still so and the collection is open."""
    data = await queries.get_return(session, actor, return_id, lock=True)
    rules.check_open(await queries.get_round_of(session, data, lock=True))
    (told,) = await queries.describe_returns(session, actor, [data])
    etags.check(told, if_match=if_match)
    return data, told


def _standing(data: ProgrammeReturn) -> audit.State:
    return changes.fields_of(data, "state", "version", "is_late", *rules.FIGURES)


async def _record(
    session: AsyncSession, actor: Actor, deed: str, data: ProgrammeReturn, *, before: audit.State, levels: int
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=data.institution_id,
        object_kind=rules.RETURN_KIND,
        object_id=data.id,
        detail={"levels": levels},
        before=before,
        after=_standing(data),
    )

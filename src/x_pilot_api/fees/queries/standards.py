"""Reading fee standards."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, false, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import ExamForm
from x_pilot_api.core import changes, lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import BodyInvalid, Fault, NotFound
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.core.row_security import act_for
from x_pilot_api.fees import rules
from x_pilot_api.fees.models import FeeStandard, FeeStandardState
from x_pilot_api.fees.queries import in_force, locking, periods
from x_pilot_api.fees.rules import Fee
from x_pilot_api.fees.schemas import FeeStandardOut
from x_pilot_api.identity import queries as identity
from x_pilot_api.identity.models import Institution

_ON_ITS_WAY = (FeeStandardState.PROPOSED, FeeStandardState.AGREED, FeeStandardState.APPROVED)
"""The states in which a standard that is not published yet claims its period."""


def visible_standards(actor: Actor) -> Select[FeeStandard]:
    """Select an organisation's levels across institutions for its staff, else the rows of the actor's institution."""
    if actor.organisation_id is not None:
        return select(FeeStandard).where(FeeStandard.organisation_id == actor.organisation_id)
    if actor.institution_id is None:
        return select(FeeStandard).where(false())
    return select(FeeStandard).where(FeeStandard.institution_id == actor.institution_id)


async def get_standard(session: AsyncSession, actor: Actor, standard_id: UUID, *, lock: bool = False) -> FeeStandard:
    """Read one fee standard the actor may see, locked when it is to be changed."""
    statement = visible_standards(actor).where(FeeStandard.id == standard_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return await lookups.get_one(session, statement, what="fee standard", zh="考核费用标准")


async def list_standards(
    session: AsyncSession,
    actor: Actor,
    *,
    certificate_level_id: UUID | None,
    exam_form: ExamForm | None,
    state: FeeStandardState | None,
    in_force_on: date | None,
    wish: PageWish,
) -> tuple[Sequence[FeeStandard], str | None]:
    """List visible fee standards, each institution's oldest first."""
    statement = visible_standards(actor)
    for column, value in (
        (FeeStandard.certificate_level_id, certificate_level_id),
        (FeeStandard.exam_form, exam_form),
        (FeeStandard.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    if in_force_on is not None:
        statement = statement.where(text(in_force.standard_in_force("fee_standards", ":on")).bindparams(on=in_force_on))
    return await page_of(session, statement, order=(FeeStandard.institution_id, FeeStandard.id), wish=wish)


async def find_overlapping_proposal(
    session: AsyncSession, *, institution_id: UUID, certificate_level_id: UUID, fee: Fee
) -> FeeStandard | None:
    """Find the fee standard on its way that claims a day of the period."""
    statement = (
        select(FeeStandard)
        .where(
            FeeStandard.institution_id == institution_id,
            FeeStandard.certificate_level_id == certificate_level_id,
            FeeStandard.exam_form == fee.exam_form,
            FeeStandard.state.in_(_ON_ITS_WAY),
            *periods.overlapping(FeeStandard, fee.effective_from, fee.effective_to),
        )
        .order_by(FeeStandard.effective_from)
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def lock_giving_way(session: AsyncSession, standard: FeeStandard) -> Sequence[FeeStandard]:
    """Lock what is in force on days of a standard that is to be published, the earliest first."""
    statement = (
        select(FeeStandard)
        .where(
            FeeStandard.institution_id == standard.institution_id,
            FeeStandard.certificate_level_id == standard.certificate_level_id,
            FeeStandard.exam_form == standard.exam_form,
            FeeStandard.published_at.is_not(None),
            func.daterange(FeeStandard.effective_from, func.least(FeeStandard.effective_to, FeeStandard.ended_on)).op(
                "&&"
            )(func.daterange(standard.effective_from, standard.effective_to)),
        )
        .order_by(FeeStandard.effective_from)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def describe_standards(
    session: AsyncSession, actor: Actor, standards: Sequence[FeeStandard]
) -> list[FeeStandardOut]:
    """Tell everything of fee standards: with the province, and what the actor may do next."""
    named = {standard.institution_id for standard in standards}
    found = await session.execute(select(Institution.id, Institution.province).where(Institution.id.in_(named)))
    provinces = {row.id: row.province for row in found.all()}
    return [
        FeeStandardOut.model_validate(
            changes.fields_of(standard)
            | {
                "province": provinces[standard.institution_id],
                "allowed_deeds": rules.standard_deeds(actor, standard),
            }
        )
        for standard in standards
    ]


async def find_institution_for(session: AsyncSession, actor: Actor, named: UUID | None) -> UUID:
    """Tell which institution a standard is for: the actor's own, or for who has none the one that is named."""
    if actor.institution_id is not None:
        if named not in {None, actor.institution_id}:
            raise NotFound(what="institution", zh="院校")
        return actor.institution_id
    if named is None:
        fault: Fault = {"pointer": "/institution_id", "code": "missing", "detail": "Field required", "blocking": True}
        raise BodyInvalid(faults=[fault], count=1)
    return (await identity.get_institution(session, named)).id


async def take_fee_standard(session: AsyncSession, actor: Actor, standard_id: UUID) -> FeeStandard:
    """Lock a fee standard and all that ceilings could do to it, before a deed on it."""
    await locking.lock_fees(session)
    standard = await get_standard(session, actor, standard_id, lock=True)
    await act_for(session, actor, institution_id=standard.institution_id)
    return standard

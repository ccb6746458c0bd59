"""Finding wishes for other papers."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import rules
from x_pilot_api.awards.models import Award, AwardCopy, AwardReissue, ReissueGround, ReissueState
from x_pilot_api.awards.queries import finding
from x_pilot_api.awards.schemas import ReissueOut
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of


def reissues_visible_to(actor: Actor) -> Select[AwardReissue]:
    """Select the wishes for papers of certificates an actor may see."""
    seen = finding.awards_visible_to(actor).with_only_columns(Award.institution_id, Award.id).subquery()
    return select(AwardReissue).join(
        seen, and_(seen.c.institution_id == AwardReissue.institution_id, seen.c.id == AwardReissue.award_id)
    )


async def get_reissue(session: AsyncSession, actor: Actor, reissue_id: UUID) -> AwardReissue:
    """Read one wish the actor may see."""
    return await lookups.get_one(
        session, reissues_visible_to(actor).where(AwardReissue.id == reissue_id), what="reissue", zh="补发申请"
    )


async def lock_reissue(session: AsyncSession, reissue: AwardReissue) -> AwardReissue:
    """Lock a wish that was found, and read it as it is now."""
    statement = (
        select(AwardReissue)
        .where(AwardReissue.institution_id == reissue.institution_id, AwardReissue.id == reissue.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def find_open(session: AsyncSession, award: Award) -> AwardReissue | None:
    """Find the wish for another paper of a certificate that nobody has decided."""
    statement = select(AwardReissue).where(
        AwardReissue.institution_id == award.institution_id,
        AwardReissue.award_id == award.id,
        AwardReissue.state == ReissueState.PROPOSED,
    )
    return (await session.scalars(statement)).one_or_none()


async def list_reissues(
    session: AsyncSession, actor: Actor, *, state: str | None, wish: PageWish
) -> tuple[Sequence[AwardReissue], str | None]:
    """List wishes for papers, oldest first."""
    statement = reissues_visible_to(actor)
    if state is not None:
        statement = statement.where(AwardReissue.state == state)
    return await page_of(session, statement, order=(AwardReissue.id,), wish=wish)


async def tell_reissues(session: AsyncSession, actor: Actor, rows: Sequence[AwardReissue]) -> list[ReissueOut]:
    """Tell wishes with the papers before and after, in two statements however many they are."""
    keys = {row.institution_id for row in rows}, {row.award_id for row in rows}
    awards = (
        await session.scalars(select(Award).where(Award.institution_id.in_(keys[0]), Award.id.in_(keys[1])))
    ).all()
    copies = (
        await session.scalars(
            select(AwardCopy)
            .where(AwardCopy.institution_id.in_(keys[0]), AwardCopy.award_id.in_(keys[1]))
            .order_by(AwardCopy.serial)
        )
    ).all()
    first = {award.id: award.number for award in awards}
    return [
        _told(actor, row, first[row.award_id], [copy for copy in copies if copy.award_id == row.award_id])
        for row in rows
    ]


def _told(actor: Actor, row: AwardReissue, first_number: str, copies: Sequence[AwardCopy]) -> ReissueOut:
    mine = next((copy for copy in copies if copy.reissue_id == row.id), None)
    earlier = [copy.number for copy in copies if mine is None or copy.serial < mine.serial]
    return ReissueOut(
        id=row.id,
        institution_id=row.institution_id,
        award_id=row.award_id,
        ground=ReissueGround(row.ground),
        holder_name=row.holder_name,
        reason=row.reason,
        evidence=row.evidence,
        state=ReissueState(row.state),
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision_reason=row.decision_reason,
        old_number=earlier[-1] if earlier else first_number,
        new_number=mine.number if mine else None,
        new_verification_code=mine.verification_code if mine else None,
        allowed_deeds=rules.reissue_deeds(actor, state=row.state, proposed_by=row.proposed_by),
    )

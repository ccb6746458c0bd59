"""Telling of certificates as their newest papers say, and of everything that happened to one."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import rules
from x_pilot_api.awards.models import (
    Award,
    AwardChange,
    AwardCopy,
    AwardPrintChange,
    AwardReissue,
    PrintState,
    ReissueGround,
)
from x_pilot_api.awards.queries import finding
from x_pilot_api.awards.schemas import AwardChangeOut, AwardOut, AwardWholeOut, PaperOut, PrintStepOut
from x_pilot_api.core.actors import Actor


async def tell_awards(session: AsyncSession, actor: Actor, rows: Sequence[Award]) -> list[AwardOut]:
    """Tell certificates in the order given, in two statements however many they are."""
    levels = await finding.describe_levels(session, [row.certificate_level_id for row in rows])
    newest = await _newest_copies(session, rows)
    told: list[AwardOut] = []
    for row in rows:
        level, paper = levels[row.certificate_level_id], newest.get(row.id, row)
        told.append(
            AwardOut(
                id=row.id,
                institution_id=row.institution_id,
                number=paper.number,
                verification_code=paper.verification_code,
                holder_name=paper.holder_name,
                student_id=row.student_id,
                certificate_id=level.certificate_id,
                certificate_name=level.name,
                certificate_level_id=row.certificate_level_id,
                level=level.level,
                organisation_id=level.organisation_id,
                issued_on=row.issued_on,
                state=row.state,
                revoked_at=row.revoked_at,
                revoked_reason=row.revoked_reason,
                print_state=PrintState(row.print_state),
                copies=row.copies,
                allowed_deeds=rules.allowed_deeds(actor, state=row.state),
            )
        )
    return told


async def tell_award(session: AsyncSession, actor: Actor, award: Award) -> AwardOut:
    """Tell one certificate."""
    (told,) = await tell_awards(session, actor, [award])
    return told


async def _newest_copies(session: AsyncSession, rows: Sequence[Award]) -> dict[UUID, AwardCopy]:
    reissued = [row for row in rows if row.copies]
    if not reissued:
        return {}
    statement = (
        select(AwardCopy)
        .where(
            AwardCopy.institution_id.in_({row.institution_id for row in reissued}),
            AwardCopy.award_id.in_([row.id for row in reissued]),
        )
        .order_by(AwardCopy.award_id, AwardCopy.serial)
    )
    # Of one certificate's papers the last one read is the newest.
    return {copy.award_id: copy for copy in (await session.scalars(statement)).all()}


async def newest_paper(session: AsyncSession, award: Award) -> Award | AwardCopy:
    """Find the paper that counts: the newest one, or the first if none took its place."""
    return (await _newest_copies(session, [award])).get(award.id, award)


async def tell_whole(session: AsyncSession, actor: Actor, award: Award) -> AwardWholeOut:
    """Tell everything that happened to one certificate."""
    of_award = {"institution_id": award.institution_id, "award_id": award.id}
    changes = (
        await session.scalars(
            select(AwardChange).filter_by(**of_award).order_by(AwardChange.recorded_at, AwardChange.id)
        )
    ).all()
    steps = (
        await session.scalars(
            select(AwardPrintChange).filter_by(**of_award).order_by(AwardPrintChange.recorded_at, AwardPrintChange.id)
        )
    ).all()
    leaf = select(Award.leaf).where(Award.institution_id == award.institution_id, Award.id == award.id)
    return AwardWholeOut(
        award=await tell_award(session, actor, award),
        leaf=(await session.scalars(leaf)).one().hex(),
        papers=await _papers(session, award),
        changes=[AwardChangeOut.model_validate(change, from_attributes=True) for change in changes],
        print_steps=[
            PrintStepOut(copy_serial=step.copy_serial, state=PrintState(step.state), changed_at=step.changed_at)
            for step in steps
        ],
    )


async def _papers(session: AsyncSession, award: Award) -> list[PaperOut]:
    statement = (
        select(AwardCopy, AwardReissue.ground)
        .join(
            AwardReissue,
            (AwardReissue.institution_id == AwardCopy.institution_id) & (AwardReissue.id == AwardCopy.reissue_id),
        )
        .where(AwardCopy.institution_id == award.institution_id, AwardCopy.award_id == award.id)
        .order_by(AwardCopy.serial)
    )
    papers = [
        PaperOut(
            serial=0,
            number=award.number,
            verification_code=award.verification_code,
            holder_name=award.holder_name,
            ground=None,
            issued_at=award.recorded_at,
            is_current=award.copies == 0,
        )
    ]
    for copy, ground in (await session.execute(statement)).all():
        papers.append(
            PaperOut(
                serial=copy.serial,
                number=copy.number,
                verification_code=copy.verification_code,
                holder_name=copy.holder_name,
                ground=ReissueGround(ground),
                issued_at=copy.issued_at,
                is_current=copy.serial == award.copies,
            )
        )
    return papers

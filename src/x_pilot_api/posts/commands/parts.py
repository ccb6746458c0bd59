"""Writing down who joins a group and what it watches, each in one statement however many there are."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import db
from x_pilot_api.posts import queries
from x_pilot_api.posts.errors import CoveredAlready, GroupPartsUnknown, MemberTwice
from x_pilot_api.posts.models import WorkingGroup, WorkingGroupCertificate, WorkingGroupMember
from x_pilot_api.posts.models.groups import COVERED_ONCE, MEMBER_ONCE
from x_pilot_api.posts.queries import Holder
from x_pilot_api.posts.schemas import GroupHolderIn, GroupMemberIn


def named(wish: GroupHolderIn) -> Holder:
    """Take who is named of what was written."""
    return Holder(wish.teacher_id, wish.person_id, wish.outsider_name, wish.outsider_unit)


def columns(holder: Holder) -> dict[str, UUID | str | None]:
    """Write a holder as the tables have them."""
    return {
        "teacher_id": holder.teacher_id,
        "person_id": holder.person_id,
        "outsider_name": holder.outsider_name,
        "outsider_unit": holder.outsider_unit,
    }


async def join(
    session: AsyncSession,
    group: WorkingGroup,
    members: Sequence[GroupMemberIn],
    holders: Sequence[Holder],
    *,
    leader: Holder,
    held_from: date,
) -> None:
    """Let some people join on a day; who is in the group already, or leads it, does not join again."""
    if leader in holders:
        raise MemberTwice(held_from=held_from.isoformat())
    rows = [
        columns(holder)
        | {
            "institution_id": group.institution_id,
            "working_group_id": group.id,
            "duty": member.duty,
            "held_from": held_from,
        }
        for member, holder in zip(members, holders, strict=True)
    ]
    if not rows:
        return
    try:
        async with db.attempt(session):
            await session.execute(insert(WorkingGroupMember), rows)
    except IntegrityError as error:
        if db.refused_by(error)[0] != MEMBER_ONCE:
            raise
        raise MemberTwice(held_from=held_from.isoformat()) from None


async def cover(session: AsyncSession, group: WorkingGroup, ids: Sequence[UUID], *, covered_from: date) -> None:
    """Let a group watch some certificates from a day on."""
    unknown = await queries.count_unknown_certificates(session, ids)
    if unknown:
        raise GroupPartsUnknown(members=0, certificates=unknown)
    rows = [
        {
            "institution_id": group.institution_id,
            "working_group_id": group.id,
            "certificate_id": each,
            "covered_from": covered_from,
        }
        for each in ids
    ]
    if not rows:
        return
    try:
        async with db.attempt(session):
            await session.execute(insert(WorkingGroupCertificate), rows)
    except IntegrityError as error:
        if db.refused_by(error)[0] != COVERED_ONCE:
            raise
        raise CoveredAlready(covered_from=covered_from.isoformat()) from None

"""Adjusting an established working group, changing its leader, and dissolving it; each takes effect on a day."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import db
from x_pilot_api.core.actors import Actor
from x_pilot_api.posts import queries
from x_pilot_api.posts.commands import parts, recording
from x_pilot_api.posts.errors import GroupPartsUnknown, LeaderTheSame, MemberTwice
from x_pilot_api.posts.models import (
    WorkingGroup,
    WorkingGroupCertificate,
    WorkingGroupLeader,
    WorkingGroupMember,
)
from x_pilot_api.posts.queries import Holder
from x_pilot_api.posts.rules import groups as rules
from x_pilot_api.posts.schemas import GroupAdjustmentIn, GroupDissolutionIn, LeaderChangeIn


async def adjust_group(session: AsyncSession, actor: Actor, *, group_id: UUID, wish: GroupAdjustmentIn) -> WorkingGroup:
    """Let members join and leave and certificates be watched or no longer, from a day on, by a document."""
    group = await queries.get_group(session, actor, group_id, lock=True)
    rules.WORKFLOW.target_of("adjust", state=group.state)
    before, day = recording.standing(group), wish.effective_on
    rules.check_after(day, last=rules.day_before(_first_day(group)))
    await _leave(session, group, wish)
    leader = _holder_of(await queries.find_current_leader(session, group))
    joining = await queries.find_holders(session, actor, [parts.named(each) for each in wish.join])
    await parts.join(session, group, wish.join, joining, leader=leader, held_from=day)
    await parts.cover(session, group, wish.cover, covered_from=day)
    if wish.duties is not None:
        group.duties = wish.duties
    detail = {
        "joined": len(wish.join),
        "left": len(wish.leave),
        "covered": len(wish.cover),
        "dropped": len(wish.drop),
        "duties": wish.duties is not None,
    }
    await recording.record(
        session,
        actor,
        "adjust",
        group,
        effective_on=day,
        before=before,
        document=wish.document,
        note=wish.note,
        detail=detail,
    )
    return group


async def _leave(session: AsyncSession, group: WorkingGroup, wish: GroupAdjustmentIn) -> None:
    """End members' terms and certificates on the day before; what is not of the group then is refused."""
    day = wish.effective_on
    there = (WorkingGroupMember.institution_id == group.institution_id, WorkingGroupMember.working_group_id == group.id)
    left = await db.write(
        session,
        update(WorkingGroupMember)
        .where(
            *there,
            WorkingGroupMember.id.in_(wish.leave),
            WorkingGroupMember.held_from < day,
            or_(WorkingGroupMember.held_to.is_(None), WorkingGroupMember.held_to >= day),
        )
        .values(held_to=rules.day_before(day)),
    )
    covered = WorkingGroupCertificate
    dropped = await db.write(
        session,
        update(covered)
        .where(
            covered.institution_id == group.institution_id,
            covered.working_group_id == group.id,
            covered.certificate_id.in_(wish.drop),
            covered.covered_from < day,
            or_(covered.covered_to.is_(None), covered.covered_to >= day),
        )
        .values(covered_to=rules.day_before(day)),
    )
    if (left, dropped) != (len(wish.leave), len(wish.drop)):
        raise GroupPartsUnknown(members=len(wish.leave) - left, certificates=len(wish.drop) - dropped)


async def change_leader(session: AsyncSession, actor: Actor, *, group_id: UUID, wish: LeaderChangeIn) -> WorkingGroup:
    """Let another person lead from a day on, which ends the term there is on the day before; one deed for both."""
    group = await queries.get_group(session, actor, group_id, lock=True)
    rules.WORKFLOW.target_of("change_leader", state=group.state)
    before = recording.standing(group)
    there = await queries.find_current_leader(session, group)
    rules.check_after(wish.held_from, last=there.held_from)
    (leader,) = await queries.find_holders(session, actor, [parts.named(wish.leader)])
    if leader == _holder_of(there):
        raise LeaderTheSame
    was_member = await _be_no_member(session, group, leader, day=wish.held_from)
    session.add(
        WorkingGroupLeader(
            institution_id=group.institution_id,
            working_group_id=group.id,
            held_from=wish.held_from,
            document=wish.document,
            **parts.columns(leader),
        )
    )
    await session.flush()
    await recording.record(
        session,
        actor,
        "change_leader",
        group,
        effective_on=wish.held_from,
        before=before,
        document=wish.document,
        note=wish.note,
        detail={"was_member": was_member},
    )
    return group


async def _be_no_member(session: AsyncSession, group: WorkingGroup, leader: Holder, *, day: date) -> bool:
    """End the membership of who comes to lead, on the day before; who joins later cannot lead before."""
    member = WorkingGroupMember
    theirs = (
        member.institution_id == group.institution_id,
        member.working_group_id == group.id,
        *(getattr(member, name).is_not_distinct_from(value) for name, value in parts.columns(leader).items()),
        or_(member.held_to.is_(None), member.held_to >= day),
    )
    if await session.scalar(select(member.id).where(*theirs, member.held_from >= day).limit(1)):
        raise MemberTwice(held_from=day.isoformat())
    return bool(await db.write(session, update(member).where(*theirs).values(held_to=rules.day_before(day))))


async def dissolve_group(
    session: AsyncSession, actor: Actor, *, group_id: UUID, wish: GroupDissolutionIn
) -> WorkingGroup:
    """Let a group stand no longer from a day on, by a document; every term in it ends on the day before."""
    group = await queries.get_group(session, actor, group_id, lock=True)
    target = rules.WORKFLOW.target_of("dissolve", state=group.state)
    before, day = recording.standing(group), wish.dissolved_on
    rules.check_after(day, last=await _last_beginning(session, group))
    for table, end, open_ended in (
        (WorkingGroupMember, "held_to", WorkingGroupMember.held_to),
        (WorkingGroupCertificate, "covered_to", WorkingGroupCertificate.covered_to),
    ):
        await session.execute(
            update(table)
            .where(
                table.institution_id == group.institution_id,
                table.working_group_id == group.id,
                or_(open_ended.is_(None), open_ended >= day),
            )
            .values({end: rules.day_before(day)})
        )
    group.state, group.dissolved_on, group.end_document = target, day, wish.document
    await session.flush()
    await recording.record(
        session, actor, "dissolve", group, effective_on=day, before=before, document=wish.document, note=wish.note
    )
    return group


async def _last_beginning(session: AsyncSession, group: WorkingGroup) -> date:
    """Find the last day on which anything of a group begins."""
    last = _first_day(group)
    for table, column in (
        (WorkingGroupLeader, WorkingGroupLeader.held_from),
        (WorkingGroupMember, WorkingGroupMember.held_from),
        (WorkingGroupCertificate, WorkingGroupCertificate.covered_from),
    ):
        statement = select(func.max(column)).where(
            table.institution_id == group.institution_id, table.working_group_id == group.id
        )
        last = max(last, await session.scalar(statement) or last)
    return last


def _first_day(group: WorkingGroup) -> date:
    return group.established_on or group.opens_on


def _holder_of(leader: WorkingGroupLeader) -> Holder:
    return Holder(leader.teacher_id, leader.person_id, leader.outsider_name, leader.outsider_unit)

"""Proposing a working group, and establishing it by a document."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Forbidden
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.posts import queries
from x_pilot_api.posts.commands import parts, recording
from x_pilot_api.posts.models import (
    WorkingGroup,
    WorkingGroupCertificate,
    WorkingGroupLeader,
    WorkingGroupMember,
)
from x_pilot_api.posts.rules import groups as rules
from x_pilot_api.posts.schemas import GroupDeclineIn, GroupEstablishmentIn, WorkingGroupIn
from x_pilot_api.registry import queries as registry


async def propose_group(session: AsyncSession, actor: Actor, *, wish: WorkingGroupIn) -> WorkingGroup:
    """Propose a working group with its leader, members, duties and certificates; it stands once it is established."""
    institution_id = actor.own_institution()
    if wish.college_id is not None:
        await registry.get_own_college(session, actor, wish.college_id)
    elif not rules.may_propose(actor, college_id=None):
        raise Forbidden(permission=Permission.WORKING_GROUPS_ESTABLISH)
    everybody = [parts.named(each) for each in (wish.leader, *wish.members)]
    leader, *members = await queries.find_holders(session, actor, everybody)
    group = WorkingGroup(
        institution_id=institution_id,
        college_id=wish.college_id,
        field=wish.field,
        name=wish.name,
        duties=wish.duties,
        state=rules.WORKFLOW.initial,
        opens_on=wish.opens_on,
        proposed_by=actor.id,
        deeds=0,
    )
    session.add(group)
    await session.flush()
    session.add(
        WorkingGroupLeader(
            institution_id=group.institution_id,
            working_group_id=group.id,
            held_from=wish.opens_on,
            **parts.columns(leader),
        )
    )
    await session.flush()
    await parts.join(session, group, wish.members, members, leader=leader, held_from=wish.opens_on)
    await parts.cover(session, group, wish.certificate_ids, covered_from=wish.opens_on)
    detail = {"members": len(members), "certificates": len(wish.certificate_ids)}
    await recording.record(session, actor, "propose", group, effective_on=wish.opens_on, before=None, detail=detail)
    return group


async def establish_group(
    session: AsyncSession, actor: Actor, *, group_id: UUID, wish: GroupEstablishmentIn
) -> WorkingGroup:
    """Let a proposed group stand from a day on, by a document; everybody in it begins on that day."""
    group = await queries.get_group(session, actor, group_id, lock=True)
    target = rules.WORKFLOW.target_of("establish", state=group.state)
    before = recording.standing(group)
    day = wish.established_on
    values = {"held_from": day, "document": wish.document}
    for table, changed in (
        (WorkingGroupLeader, values),
        (WorkingGroupMember, {"held_from": day}),
        (WorkingGroupCertificate, {"covered_from": day}),
    ):
        await session.execute(
            update(table)
            .where(table.institution_id == group.institution_id, table.working_group_id == group.id)
            .values(changed)
        )
    group.state, group.established_on, group.document = target, day, wish.document
    await session.flush()
    await recording.record(session, actor, "establish", group, effective_on=day, before=before, document=wish.document)
    return group


async def decline_group(session: AsyncSession, actor: Actor, *, group_id: UUID, wish: GroupDeclineIn) -> WorkingGroup:
    """Leave a proposal at that, for a reason."""
    group = await queries.get_group(session, actor, group_id, lock=True)
    target = rules.WORKFLOW.target_of("decline", state=group.state)
    before = recording.standing(group)
    group.state = target
    await recording.record(
        session, actor, "decline", group, effective_on=group.opens_on, before=before, note=wish.reason
    )
    return group

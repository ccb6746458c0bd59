"""Finding working groups: the office sees all, a coordinator their own college's, others what was established."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Select, Uuid, bindparam, exists, false, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.posts.models import (
    GroupState,
    WorkingGroup,
    WorkingGroupCertificate,
    WorkingGroupDeed,
    WorkingGroupLeader,
)
from x_pilot_api.posts.rules import groups as rules
from x_pilot_api.posts.schemas import (
    GroupCertificateOut,
    GroupDeedOut,
    GroupLeaderOut,
    GroupMemberOut,
    WorkingGroupOut,
    WorkingGroupWholeOut,
)

_SEE_ALL = frozenset({Role.REGISTRAR, Role.AUDITOR})
_DECIDED = (GroupState.ESTABLISHED, GroupState.DISSOLVED)

_HOLDER = """
LEFT JOIN teachers AS teacher ON teacher.institution_id = part.institution_id AND teacher.id = part.teacher_id
LEFT JOIN colleges AS home ON home.institution_id = teacher.institution_id AND home.id = teacher.college_id
LEFT JOIN people AS person ON person.id = part.person_id
"""
_NAME = (
    "coalesce(teacher.name, person.name, part.outsider_name) AS name, coalesce(home.name, part.outsider_unit) AS unit"
)

# A proposal is told as it would be on its first day; a dissolved group as it is on the day asked for, which is empty.
_TOLD = (
    text(f"""
SELECT it.id, college.name AS college_name, leader.name AS leader_name,
    (SELECT count(*) FROM working_group_members AS part
        WHERE part.institution_id = it.institution_id AND part.working_group_id = it.id AND part.held_from <= at.day
            AND (part.held_to IS NULL OR part.held_to >= at.day)) AS members,
    ARRAY(SELECT json_build_object('certificate_id', part.certificate_id, 'certificate_name', certificate.name,
            'covered_from', part.covered_from, 'covered_to', part.covered_to)
        FROM working_group_certificates AS part JOIN certificates AS certificate ON certificate.id = part.certificate_id
        WHERE part.institution_id = it.institution_id AND part.working_group_id = it.id AND part.covered_from <= at.day
            AND (part.covered_to IS NULL OR part.covered_to >= at.day)
        ORDER BY certificate.name, certificate.id) AS certificates
FROM working_groups AS it
CROSS JOIN LATERAL (SELECT CASE WHEN it.established_on IS NULL THEN it.opens_on ELSE :on END AS day) AS at
LEFT JOIN colleges AS college ON college.institution_id = it.institution_id AND college.id = it.college_id
LEFT JOIN LATERAL (
    SELECT {_NAME} FROM working_group_leaders AS part {_HOLDER}
    WHERE part.institution_id = it.institution_id AND part.working_group_id = it.id AND part.held_from <= at.day
        AND (it.dissolved_on IS NULL OR it.dissolved_on > at.day)
    ORDER BY part.held_from DESC LIMIT 1
) AS leader ON true
WHERE it.institution_id = :institution_id AND it.id = ANY (:ids)
""")
    .bindparams(bindparam("ids", type_=ARRAY(Uuid)))
    .columns(certificates=ARRAY(JSON))
)

_LEADERS = text(f"""
SELECT part.id, part.teacher_id, part.person_id, {_NAME}, part.held_from, part.document
FROM working_group_leaders AS part {_HOLDER}
WHERE part.institution_id = :institution_id AND part.working_group_id = :group_id ORDER BY part.held_from
""")

_MEMBERS = text(f"""
SELECT part.id, part.teacher_id, part.person_id, {_NAME}, part.duty, part.held_from, part.held_to
FROM working_group_members AS part {_HOLDER}
WHERE part.institution_id = :institution_id AND part.working_group_id = :group_id AND part.held_from <= :day
    AND (part.held_to IS NULL OR part.held_to >= :day)
ORDER BY part.held_from, part.id
""")


def visible_groups(actor: Actor) -> Select[WorkingGroup]:
    """Select the working groups an actor may see."""
    if actor.institution_id is None:
        return select(WorkingGroup).where(false())
    own = select(WorkingGroup).where(WorkingGroup.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL:
        return own
    return own.where(or_(WorkingGroup.state.in_(_DECIDED), WorkingGroup.college_id.in_(actor.college_ids)))


async def get_group(session: AsyncSession, actor: Actor, group_id: UUID, *, lock: bool = False) -> WorkingGroup:
    """Read one visible working group, locked when it is to be decided on."""
    statement = visible_groups(actor).where(WorkingGroup.id == group_id)
    return await lookups.get_one(session, statement, what="working group", zh="协作组", lock=lock)


async def list_groups(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    certificate_id: UUID | None,
    state: GroupState | None,
    wish: PageWish,
) -> tuple[Sequence[WorkingGroup], str | None]:
    """List visible working groups, the first proposed first."""
    statement = visible_groups(actor)
    if college_id is not None:
        statement = statement.where(WorkingGroup.college_id == college_id)
    if state is not None:
        statement = statement.where(WorkingGroup.state == state)
    if certificate_id is not None:
        statement = statement.where(
            exists().where(
                WorkingGroupCertificate.institution_id == WorkingGroup.institution_id,
                WorkingGroupCertificate.working_group_id == WorkingGroup.id,
                WorkingGroupCertificate.certificate_id == certificate_id,
            )
        )
    return await page_of(session, statement, order=(WorkingGroup.id,), wish=wish)


async def find_current_leader(session: AsyncSession, group: WorkingGroup) -> WorkingGroupLeader:
    """Find the leader who began last; there is one from the moment a group is proposed."""
    statement = (
        select(WorkingGroupLeader)
        .where(
            WorkingGroupLeader.institution_id == group.institution_id,
            WorkingGroupLeader.working_group_id == group.id,
        )
        .order_by(WorkingGroupLeader.held_from.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def describe_groups(
    session: AsyncSession, actor: Actor, groups: Sequence[WorkingGroup], *, on: date
) -> list[WorkingGroupOut]:
    """Tell working groups as they are on a day, in one statement however many they are."""
    if not groups:
        return []
    values = {"institution_id": groups[0].institution_id, "ids": [each.id for each in groups], "on": on}
    told = {row.id: row for row in (await session.execute(_TOLD, values)).all()}
    return [WorkingGroupOut(**_fields(actor, each, told[each.id])) for each in groups]


def _fields(actor: Actor, group: WorkingGroup, told: Any) -> dict[str, Any]:  # noqa: ANN401 - a row
    return {
        "id": group.id,
        "name": group.name,
        "college_id": group.college_id,
        "college_name": told.college_name,
        "field": group.field,
        "state": GroupState(group.state),
        "opens_on": group.opens_on,
        "established_on": group.established_on,
        "document": group.document,
        "dissolved_on": group.dissolved_on,
        "end_document": group.end_document,
        "leader_name": told.leader_name,
        "members": told.members,
        "certificates": [GroupCertificateOut.model_validate(each) for each in told.certificates],
        "allowed_deeds": rules.WORKFLOW.allowed_deeds(actor, state=group.state),
    }


async def describe_group(session: AsyncSession, actor: Actor, group: WorkingGroup, *, on: date) -> WorkingGroupWholeOut:
    """Tell one working group with everybody in it on a day, all its leaders and all that was decided."""
    (short,) = await describe_groups(session, actor, [group], on=on)
    day = on if group.established_on is not None else group.opens_on
    there = {"institution_id": group.institution_id, "group_id": group.id}
    leaders = (await session.execute(_LEADERS, there)).all()
    ends = rules.last_days([row.held_from for row in leaders], dissolved_on=group.dissolved_on)
    members = (await session.execute(_MEMBERS, there | {"day": day})).all()
    deeds = await session.scalars(
        select(WorkingGroupDeed)
        .where(
            WorkingGroupDeed.institution_id == group.institution_id,
            WorkingGroupDeed.working_group_id == group.id,
        )
        .order_by(WorkingGroupDeed.number)
    )
    return WorkingGroupWholeOut(
        **short.model_dump(),
        on=day,
        duties=group.duties,
        joined=[GroupMemberOut.model_validate(row, from_attributes=True) for row in members],
        leaders=[
            GroupLeaderOut(
                id=row.id,
                teacher_id=row.teacher_id,
                person_id=row.person_id,
                name=row.name,
                unit=row.unit,
                held_from=row.held_from,
                held_to=end,
                document=row.document,
            )
            for row, end in zip(leaders, ends, strict=True)
        ],
        timeline=[GroupDeedOut.model_validate(row, from_attributes=True) for row in deeds.all()],
    )

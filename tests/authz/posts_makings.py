"""Posts, working groups, lead units and sessions on the pilot on the ground: one of each, and in each state."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.world import World
from x_pilot_api.core.row_security import act_within
from x_pilot_api.pilot_sessions.models import PilotSession, PilotSessionParticipant
from x_pilot_api.posts.models import (
    CollegePost,
    LeadUnit,
    LeadUnitCertificate,
    WorkingGroup,
    WorkingGroupCertificate,
    WorkingGroupDeed,
    WorkingGroupLeader,
    WorkingGroupMember,
)
from x_pilot_api.registry.models import Teacher

_FIRST = date(2050, 1, 1)
"""Late, so that nothing here is in the way of what a call proposes for an earlier day."""


async def lay(session: AsyncSession, world: World, made: Made) -> None:
    """Lay them down; what is decided all staff may know, a proposal and a session are the college's."""
    for school, there in enumerate(world.schools):
        house = f"s{school + 1}"
        unit = await _unit(session, there.id, world.organisations[0].certificate_id, house)
        made.owners[unit] = house
        for college in range(2):
            college_id, own = there.colleges[college], f"{house}p{college}q"
            students = there.students if college == 0 else made.siblings[school]
            found: dict[str, UUID] = {
                "teacher": await _teacher(session, there.id, college_id, house, "T"),
                "second": await _teacher(session, there.id, college_id, house, "U"),
            }
            for state, owner in (("proposed", own), ("appointed", house)):
                found[f"post_{state}"] = await _post(session, there.id, college_id, found["teacher"], state, owner)
            for state, owner in (("proposed", own), ("established", house)):
                certificate_id = world.organisations[1].certificate_id
                group_id, member_id = await _group(
                    session, there.id, college_id, found["teacher"], certificate_id, state, owner
                )
                found |= {f"group_{state}": group_id, f"member_{state}": member_id}
            for state in ("planned", "held"):
                session_id, participant_id = await _session(session, there.id, college_id, students[0], state, own)
                found |= {f"session_{state}": session_id, f"participant_{state}": participant_id}
            mine = {"post_proposed", "group_proposed", "member_proposed"}
            made.owners |= {
                key: own if name in mine or name.startswith(("session", "participant")) else house
                for name, key in found.items()
            }
            made.posts[school, college] = found | {"unit": unit}


async def _teacher(session: AsyncSession, institution_id: UUID, college_id: UUID, owner: str, kind: str) -> UUID:
    teacher_id = uuid4()
    session.add(
        Teacher(
            institution_id=institution_id,
            id=teacher_id,
            staff_number=f"{kind}{college_id.hex[:6]}{mark(owner)}",
            name=f"教师{mark(owner)}",
            college_id=college_id,
        )
    )
    await session.flush()
    return teacher_id


async def _post(
    session: AsyncSession, institution_id: UUID, college_id: UUID, teacher_id: UUID, state: str, owner: str
) -> UUID:
    post_id = uuid4()
    session.add(
        CollegePost(
            institution_id=institution_id,
            id=post_id,
            college_id=college_id,
            kind="liaison" if state == "proposed" else "person_in_charge",
            state=state,
            teacher_id=teacher_id,
            held_from=_FIRST,
            document=None if state == "proposed" else f"教{mark(owner)}",
            handover_note=f"移交{mark(owner)}",
            proposed_by=uuid4(),
        )
    )
    await session.flush()
    return post_id


async def _group(
    session: AsyncSession,
    institution_id: UUID,
    college_id: UUID,
    teacher_id: UUID,
    certificate_id: UUID,
    state: str,
    owner: str,
) -> tuple[UUID, UUID]:
    group_id, member_id = uuid4(), uuid4()
    there = {"institution_id": institution_id, "working_group_id": group_id}
    told = {"name": f"协作组{mark(owner)}", "duties": [f"职责{mark(owner)}"], "opens_on": _FIRST, "deeds": 1}
    group = WorkingGroup(
        institution_id=institution_id, id=group_id, college_id=college_id, state="proposed", proposed_by=uuid4(), **told
    )
    session.add(group)
    await session.flush()
    session.add_all(
        [
            WorkingGroupLeader(**there, teacher_id=teacher_id, held_from=_FIRST),
            WorkingGroupMember(
                **there,
                id=member_id,
                outsider_name=f"外聘{mark(owner)}",
                outsider_unit=mark(owner),
                held_from=_FIRST,
            ),
            WorkingGroupCertificate(**there, certificate_id=certificate_id, covered_from=_FIRST),
            WorkingGroupDeed(
                **there,
                number=1,
                deed="propose",
                effective_on=_FIRST,
                note=f"说明{mark(owner)}",
                detail={},
                actor_id=uuid4(),
            ),
        ]
    )
    await session.flush()
    if state == "established":
        group.state, group.established_on, group.document = state, _FIRST, f"教{mark(owner)}"
        await session.flush()
    return group_id, member_id


async def _unit(session: AsyncSession, institution_id: UUID, certificate_id: UUID, owner: str) -> UUID:
    unit_id = uuid4()
    session.add(
        LeadUnit(
            institution_id=institution_id,
            id=unit_id,
            category=f"类别{mark(owner)}",
            unit_name=f"单位{mark(owner)}",
            document=f"函{mark(owner)}",
            valid_from=_FIRST,
            recorded_by=uuid4(),
        )
    )
    await session.flush()
    session.add(LeadUnitCertificate(institution_id=institution_id, lead_unit_id=unit_id, certificate_id=certificate_id))
    await session.flush()
    return unit_id


async def _session(
    session: AsyncSession, institution_id: UUID, college_id: UUID, student_id: UUID, state: str, owner: str
) -> tuple[UUID, UUID]:
    await act_within(session, institution_id=institution_id)
    session_id, participant_id = uuid4(), uuid4()
    session.add(
        PilotSession(
            institution_id=institution_id,
            id=session_id,
            college_id=college_id,
            subject=f"培训{mark(owner)}",
            held_on=date(2025, 3, 1),
            mode="online",
            audience="both",
            speaker=f"讲师{mark(owner)}",
            hours=2,
            materials=[{"title": f"通知{mark(owner)}", "url": "https://example.edu.cn/1x.pdf"}],
            summary=f"摘要{mark(owner)}",
            state=state,
            planned_by=uuid4(),
        )
    )
    await session.flush()
    session.add(
        PilotSessionParticipant(
            institution_id=institution_id,
            id=participant_id,
            session_id=session_id,
            student_id=student_id,
            recorded_by=uuid4(),
        )
    )
    await session.flush()
    return session_id, participant_id

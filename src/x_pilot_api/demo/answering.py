"""Who answers for the pilot: posts of which one will be empty, working groups, lead units, training on the pilot."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Admission
from x_pilot_api.core.actors import Actor
from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.identity.models import Role
from x_pilot_api.pilot_sessions import commands as pilot_sessions
from x_pilot_api.pilot_sessions.schemas import PilotParticipantsIn, PilotSessionIn
from x_pilot_api.posts import commands
from x_pilot_api.posts.models import PostKind
from x_pilot_api.posts.schemas import (
    CollegePostIn,
    GroupEstablishmentIn,
    GroupMemberIn,
    LeaderChangeIn,
    LeadUnitListIn,
    PostAppointmentIn,
    WorkingGroupIn,
)
from x_pilot_api.registry.models import Teacher

_DOCUMENT: Final = "演示教〔2025〕18号"
_CHANGE: Final = "演示教〔2026〕7号"
_BEGINNING: Final = date(2025, 9, 1)
_LEAVING: Final = timedelta(days=20)
_DUTIES: Final = (
    "监督各证书试点工作情况，及时发现、分析和研究出现的问题",
    "总结本领域证书的试点情况，研判工作成效，提出改进建议",
    "组织试点工作经验总结和分享，选树典型案例",
)


async def load_answering(session: AsyncSession, facts: Dataset, keys: Keys, *, today: date) -> None:
    """Fill each college's posts, let the first college's head leave soon, and leave the last without a liaison."""
    office = keys.actor(Role.REGISTRAR)
    for index, college in enumerate(facts.colleges):
        college_id = keys.colleges[college.code]
        teachers = await _teachers(session, keys, college_id)
        ends = {PostKind.PERSON_IN_CHARGE: today + _LEAVING} if index == 0 else {}
        is_last = index == len(facts.colleges) - 1
        for kind, teacher_id in zip(PostKind, teachers, strict=False):
            proposed = await commands.propose_post(
                session,
                office,
                wish=CollegePostIn.model_validate(
                    {
                        "college_id": college_id,
                        "kind": kind,
                        "holder": {"teacher_id": teacher_id},
                        "held_from": _BEGINNING,
                        "held_to": ends.get(kind),
                    }
                ),
            )
            if not (is_last and kind is PostKind.LIAISON):
                wish = PostAppointmentIn(document=_DOCUMENT)
                await commands.appoint_post(session, office, post_id=proposed.id, wish=wish)
        await _group(session, office, college_id, college.name, teachers, is_last=is_last)
        await _training(session, office, college_id, facts, keys, college.code, today=today)
    await _units(session, office, facts)


async def _teachers(session: AsyncSession, keys: Keys, college_id: UUID) -> list[UUID]:
    mine = (Teacher.institution_id == keys.institution_id, Teacher.college_id == college_id)
    return list((await session.scalars(select(Teacher.id).where(*mine).order_by(Teacher.staff_number))).all())


async def _group(
    session: AsyncSession, office: Actor, college_id: UUID, name: str, teachers: list[UUID], *, is_last: bool
) -> None:
    """Let a college have a group whose leader has changed; the last college has only proposed one."""
    mine = (
        Admission.institution_id == office.institution_id,
        Admission.college_id == college_id,
        Admission.exited_on.is_(None),
    )
    admitted = await session.scalars(select(Admission.certificate_id).where(*mine).order_by(Admission.certificate_id))
    group = await commands.propose_group(
        session,
        office,
        wish=WorkingGroupIn.model_validate(
            {
                "name": f"{name}1+X证书制度试点工作协作组",
                "college_id": college_id,
                "duties": list(_DUTIES),
                "opens_on": _BEGINNING,
                "leader": {"teacher_id": teachers[0]},
                "members": [
                    GroupMemberIn(teacher_id=teachers[1], duty="秘书"),
                    GroupMemberIn(outsider_name="周工", outsider_unit="演示财税有限公司", duty="企业专家"),
                ],
                "certificate_ids": list(admitted.all()),
            }
        ),
    )
    if is_last:
        return
    await commands.establish_group(
        session,
        office,
        group_id=group.id,
        wish=GroupEstablishmentIn(document=_DOCUMENT, established_on=_BEGINNING),
    )
    await commands.change_leader(
        session,
        office,
        group_id=group.id,
        wish=LeaderChangeIn.model_validate(
            {"leader": {"teacher_id": teachers[2]}, "held_from": "2026-03-01", "document": _CHANGE, "note": "岗位调整"}
        ),
    )


async def _training(
    session: AsyncSession, office: Actor, college_id: UUID, facts: Dataset, keys: Keys, code: str, *, today: date
) -> None:
    """Let a college have held one session for everybody, and plan another."""
    programmes = [keys.programmes[it.code] for it in facts.programmes if it.college_code == code]
    for subject, held_on in (
        ("1+X证书制度与学分银行政策解读", today - timedelta(days=30)),
        ("证书报名与考核组织培训", today + timedelta(days=14)),
    ):
        planned = await pilot_sessions.plan_session(
            session,
            office,
            wish=PilotSessionIn.model_validate(
                {
                    "college_id": college_id,
                    "subject": subject,
                    "held_on": held_on,
                    "mode": "blended",
                    "place": "报告厅",
                    "audience": "both",
                    "speaker": "教务处",
                    "hours": 2,
                    "materials": [{"title": "试点工作通知", "url": "https://example.edu.cn/1x/notice.pdf"}],
                }
            ),
        )
        if held_on < today:
            wish = PilotParticipantsIn(programme_ids=programmes[:1], all_teachers=True)
            await pilot_sessions.record_participants(session, office, session_id=planned.id, wish=wish)
            await pilot_sessions.hold_session(session, office, session_id=planned.id, today=today)


async def _units(session: AsyncSession, office: Actor, facts: Dataset) -> None:
    """Name the province's lead units; the units are made up."""
    piloted = list(dict.fromkeys(it.certificate_name for it in facts.pilot_certificates))
    rows = [
        {"category": "财经商贸类", "unit_name": "演示财经职业技术学院", "certificate_names": piloted[:2]},
        {"category": "电子与信息类", "unit_name": "演示信息职业技术学院", "certificate_names": piloted[2:3]},
    ]
    wish = LeadUnitListIn.model_validate({"document": "演示函〔2025〕11号", "valid_from": _BEGINNING, "rows": rows})
    await commands.load_lead_units(session, office, wish=wish)

"""What the demonstration makes known: a revised policy and a draft, cases in several states, bulletins to read."""

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.demo.catalogue import DEMONSTRATION_VALUE
from x_pilot_api.demo.keys import Keys
from x_pilot_api.identity.models import Role
from x_pilot_api.publications.commands import bulletins, cases, policies
from x_pilot_api.publications.models import AudienceRole, PolicyKind, PolicyLevel
from x_pilot_api.publications.schemas.bulletins import AudiencePartIn, BulletinDraftIn
from x_pilot_api.publications.schemas.cases import TypicalCaseIn
from x_pilot_api.publications.schemas.policies import PolicyContentIn, PolicyDraftIn

_ANY = "*"
_SOURCE = f"演示文件，非真实文本；{DEMONSTRATION_VALUE}"
_MEASURES = "1+X证书试点工作管理办法（演示）"
_ARTICLES = (
    "第一条 为推进1+X证书制度试点，促进课证融通，制定本办法。",
    "第二条 学校为每名试点学生开立学分账户，学习成果可以认定、积累和转换。",
    "第三条 考核费用按证书核算，不得超过公布的上限。",
)
_REVISED = (
    _ARTICLES[0],
    "第二条 学校为每名试点学生开立学分账户，并保障每名试点学生至少一次考核机会。",
    _ARTICLES[2],
    "第四条 各二级学院每季度报送工作动态，及时发布有关信息。",
)


async def load_publications(session: AsyncSession, keys: Keys, *, today: date) -> None:
    """Publish and leave something to be done: a draft, a case to be decided on, one sent back."""
    await _policies(session, keys.actor(Role.REGISTRAR))
    await _cases(session, keys)
    await _bulletins(session, keys, today=today)


def _content(title: str, number: str | None, begins: date, *articles: str, note: str | None = None) -> PolicyContentIn:
    return PolicyContentIn(
        title=title,
        issuing_body="教务处（演示）",
        document_number=number,
        issued_on=begins,
        kind=PolicyKind.MEASURES,
        level=PolicyLevel.INSTITUTION,
        in_force_from=begins,
        body="\n".join(articles),
        source_note=_SOURCE,
        change_note=note,
    )


async def _policies(session: AsyncSession, office: Actor) -> None:
    first = _content(_MEASURES, "演示教〔2024〕6号", date(2024, 9, 1), *_ARTICLES)
    draft = await policies.draft_version(session, office, wish=PolicyDraftIn(content=first))
    version = await policies.publish_draft(session, office, draft_id=draft.id, if_match=_ANY)
    second = _content(_MEASURES, "演示教〔2025〕9号", date(2025, 9, 1), *_REVISED, note="增加保障性考核机会和报送要求")
    wish = PolicyDraftIn(policy_document_id=version.policy_document_id, content=second)
    draft = await policies.draft_version(session, office, wish=wish)
    await policies.publish_draft(session, office, draft_id=draft.id, if_match=_ANY)
    rules = _content(
        "学习成果转换实施细则（演示）",
        "演示教〔2025〕12号",
        date(2025, 10, 1),
        "第一条 证书可以转换为对应课程的学分，转换比例以公布的转换规则为准。",
        "第二条 同类证书以最高等级计入，不重复转换。",
    )
    draft = await policies.draft_version(session, office, wish=PolicyDraftIn(content=rules))
    await policies.publish_draft(session, office, draft_id=draft.id, if_match=_ANY)
    waiting = _content(
        "典型案例遴选办法（演示）", None, date(2026, 9, 1), "第一条 案例由二级学院提交，不得含个人信息。"
    )
    await policies.draft_version(session, office, wish=PolicyDraftIn(content=waiting))


async def _cases(session: AsyncSession, keys: Keys) -> None:
    office, first = keys.actor(Role.REGISTRAR), keys.colleges["01"]
    college = keys.actor(Role.COORDINATOR, college_id=first)
    texts = (
        ("把证书标准写进课程标准", "以财税类证书的职业技能要求重构核心课程。", "publish"),
        ("校企共建考核站点", "与企业共建机房，平日教学、考期考核。", "submit"),
        ("以赛促证的尝试", "把技能竞赛与证书培训合在一处。", "send_back"),
    )
    for title, summary, until in texts:
        wish = TypicalCaseIn(
            college_id=first,
            title=f"{title}（演示）",
            summary=summary,
            body=f"一、背景\n{summary}\n二、做法\n教研室逐条对照标准，调整课程内容和评价方式。\n三、成效\n演示文本。",
        )
        case = await cases.begin_case(session, college, wish=wish)
        await cases.submit_case(session, college, case_id=case.id, if_match=_ANY)
        if until == "publish":
            await cases.accept(session, office, case_id=case.id, comment="做法可推广")
            await cases.publish(session, office, case_id=case.id, comment=None)
        elif until == "send_back":
            await cases.send_back(session, office, case_id=case.id, comment="请补充取证率的变化")


async def _bulletins(session: AsyncSession, keys: Keys, *, today: date) -> None:
    office, first = keys.actor(Role.REGISTRAR), keys.colleges["01"]
    college = keys.actor(Role.COORDINATOR, college_id=first)
    students = AudiencePartIn(role=AudienceRole.STUDENT)
    wishes = (
        (
            office,
            BulletinDraftIn(
                title="关于做好本学期1+X证书考核报名的通知（演示）",
                body="各二级学院、各位同学：\n请在报名截止前完成确认。每名试点学生至少有一次免费考核机会。\n教务处",
                is_important=True,
                is_public=True,
                down_on=today + timedelta(days=60),
                audience=[students, AudiencePartIn(role=AudienceRole.COORDINATOR)],
            ),
        ),
        (
            college,
            BulletinDraftIn(
                college_id=first,
                title="考前培训安排（演示）",
                body="本学院报名学生的考前培训每周三下午进行，地点见班级通知。",
                down_on=today + timedelta(days=30),
                audience=[AudiencePartIn(college_id=first)],
            ),
        ),
    )
    for actor, wish in wishes:
        draft = await bulletins.draft_bulletin(session, actor, wish=wish)
        await bulletins.publish_draft(session, actor, draft_id=draft.id, today=today, if_match=_ANY)
    waiting = BulletinDraftIn(
        title="寒假期间考核站点值守安排（演示）",
        body="各考核站点请报送值守安排。",
        down_on=today + timedelta(days=90),
        audience=[AudiencePartIn(role=AudienceRole.COORDINATOR)],
    )
    await bulletins.draft_bulletin(session, office, wish=waiting)

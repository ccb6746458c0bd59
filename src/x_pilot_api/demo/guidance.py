"""Guidance in the demonstration: problems, a consultation with what follows, letters, a survey, publicity."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.demo.catalogue import MAIN_PLAN
from x_pilot_api.demo.dataset import Dataset
from x_pilot_api.demo.keys import Keys
from x_pilot_api.guidance.commands import consultations, follow_ups, outreach, parties, problems, surveys
from x_pilot_api.guidance.models import (
    DemandGroup,
    LetterDirection,
    Medium,
    PartyKind,
    ProblemAbout,
    ProblemSeverity,
    PublicityChannel,
    QuestionKind,
)
from x_pilot_api.guidance.schemas.consultations import ConsultationIn, FollowUpIn
from x_pilot_api.guidance.schemas.outreach import AdministratorTrainingIn, PolicyPublicityIn, TrainingPersonIn
from x_pilot_api.guidance.schemas.parties import CorrespondenceIn, OutsidePartyIn, TrainingDemandIn
from x_pilot_api.guidance.schemas.problems import PilotProblemIn, ProblemAssignmentIn
from x_pilot_api.guidance.schemas.surveys import SurveyIn, SurveyQuestionIn, SurveyResponseIn, SurveyResponsesIn
from x_pilot_api.identity.models import Membership, Role
from x_pilot_api.identity.permissions import PERMISSIONS

_MINUTES = """一、通报1+X证书制度试点政策和本学期工作安排。
二、学会建议实操考核增加电子发票内容。
三、商定联合开展用人需求调查。"""


async def load_guidance(session: AsyncSession, facts: Dataset, keys: Keys, *, today: date) -> None:
    """Load a handful of rows, so that no page of guidance is empty, one of them overdue."""
    plan = next(it for it in facts.plans if it.code == MAIN_PLAN)
    pilot = next(it for it in facts.pilot_certificates if it.certificate_name == plan.certificate_name)
    college_id = keys.colleges[pilot.college_codes[0]]
    office = await _person(session, keys, Role.REGISTRAR)
    college = await _person(session, keys, Role.COORDINATOR, college_id=college_id)
    await _problems(session, office, college, college_id, keys.certificates[plan.certificate_name], today=today)
    level_id = keys.levels[plan.certificate_name, plan.levels[0]]
    await _consult(session, office, college, college_id, level_id, today=today)
    await _ask(session, college, college_id, today=today)
    await _publicise(session, office, college, college_id, today=today)


async def _person(session: AsyncSession, keys: Keys, role: Role, *, college_id: UUID | None = None) -> Actor:
    """Act as somebody who signs in: an owner is a person, and is told."""
    held = select(Membership.person_id).where(Membership.institution_id == keys.institution_id, Membership.role == role)
    if college_id is not None:
        held = held.where(Membership.college_id == college_id)
    person_id = (await session.scalars(held.order_by(Membership.id).limit(1))).one()
    return Actor(
        id=person_id,
        kind=ActorKind.PERSON,
        name="demonstration",
        roles=frozenset({role}),
        permissions=frozenset(PERMISSIONS[role]),
        institution_id=keys.institution_id,
        college_ids=frozenset({college_id} if college_id else ()),
    )


async def _problems(
    session: AsyncSession, office: Actor, college: Actor, college_id: UUID, certificate_id: UUID, *, today: date
) -> None:
    """Leave one problem overdue, one waiting to be confirmed, and one that nobody owns yet."""
    for days, title, severity, state in (
        (40, "实操考核系统上机时频繁掉线", ProblemSeverity.HIGH, "assigned"),
        (12, "教材配套题库与考核大纲不一致", ProblemSeverity.MEDIUM, "resolved"),
        (2, "证书领取时间未通知到班级", ProblemSeverity.LOW, "raised"),
    ):
        raised_on = today - timedelta(days=days)
        wish = PilotProblemIn(
            college_id=college_id,
            about=ProblemAbout.CERTIFICATE,
            certificate_id=certificate_id,
            severity=severity,
            title=title,
            description=f"{title}，请协调评价组织处理。",
        )
        problem = await problems.raise_problem(session, college, wish=wish, today=raised_on)
        if state == "raised":
            continue
        given = ProblemAssignmentIn(owner_id=office.id, due_on=raised_on + timedelta(days=14))
        await problems.assign_problem(session, office, problem_id=problem.id, wish=given, today=raised_on)
        if state == "resolved":
            await problems.resolve_problem(
                session, office, problem_id=problem.id, resolution="评价组织已发布修订后的题库。"
            )


async def _consult(
    session: AsyncSession, office: Actor, college: Actor, college_id: UUID, level_id: UUID, *, today: date
) -> None:
    """Consult with an association, sign the minutes off, and leave one thing overdue and a letter unanswered."""
    held_on = today - timedelta(days=20)
    society = await parties.enter_party(
        session, college, wish=OutsidePartyIn(name="淮安市会计学会（演示）", kind=PartyKind.ASSOCIATION)
    )
    employer = await parties.enter_party(
        session, college, wish=OutsidePartyIn(name="清江浦财务服务公司（演示）", kind=PartyKind.EMPLOYER)
    )
    wish = ConsultationIn(
        college_id=college_id,
        subject="智能财税岗位能力与证书标准对接研讨",
        held_on=held_on,
        party_ids=[society.id, employer.id],
        participants="学会秘书长、公司人事经理；学院院长、专业带头人",
        minutes=_MINUTES,
    )
    consultation = await consultations.record_consultation(session, college, wish=wish)
    await consultations.sign_off(session, college, consultation_id=consultation.id, today=today, if_match="*")
    for task, days in (("向评价组织转达增加电子发票内容的建议", 14), ("拟定联合调查问卷并发放", 40)):
        agreed = FollowUpIn(
            consultation_id=consultation.id, task=task, owner_id=college.id, due_on=held_on + timedelta(days=days)
        )
        await follow_ups.set_follow_up(session, office, wish=agreed, today=held_on)
    letter = CorrespondenceIn(
        party_id=society.id,
        college_id=college_id,
        direction=LetterDirection.OUTGOING,
        medium=Medium.LETTER,
        sent_on=held_on,
        subject="关于联合开展用人需求调查的函",
        reference_number="财院函〔演示〕3号",
        summary="请学会协助向会员单位发放问卷，并于两周内回复。",
        answer_due_on=held_on + timedelta(days=14),
    )
    await parties.record_correspondence(session, college, wish=letter, today=today)
    demand = TrainingDemandIn(
        party_id=employer.id,
        college_id=college_id,
        demand_group=DemandGroup.ENTERPRISE_EMPLOYEES,
        certificate_level_id=level_id,
        head_count=35,
        wanted_from=today + timedelta(days=30),
        wanted_to=today + timedelta(days=90),
    )
    await parties.record_demand(session, college, wish=demand)


async def _ask(session: AsyncSession, college: Actor, college_id: UUID, *, today: date) -> None:
    """Open a survey of employers and enter what came back."""
    questions = [
        SurveyQuestionIn(
            text="招聘时是否优先录用持证学生", kind=QuestionKind.CHOICE, choices=["是", "否", "视岗位而定"]
        ),
        SurveyQuestionIn(text="明年拟录用人数", kind=QuestionKind.NUMBER),
        SurveyQuestionIn(text="对证书培训的建议", kind=QuestionKind.TEXT, is_required=False),
    ]
    wish = SurveyIn(college_id=college_id, title="用人单位对证书的需求调查", questions=questions)
    survey = await surveys.draft_survey(session, college, wish=wish)
    await surveys.open_survey(session, college, survey_id=survey.id, today=today)
    answers: tuple[tuple[str, int, str | None], ...] = (
        ("是", 12, "增加电子发票和数字化账务的实操"),
        ("是", 5, None),
        ("视岗位而定", 3, "希望在企业内开班"),
        ("否", 0, None),
        ("是", 8, None),
    )
    responses = [
        SurveyResponseIn(reference=f"{number:03}", answers=list(given)) for number, given in enumerate(answers, start=1)
    ]
    await surveys.record_responses(session, college, survey_id=survey.id, wish=SurveyResponsesIn(responses=responses))


async def _publicise(session: AsyncSession, office: Actor, college: Actor, college_id: UUID, *, today: date) -> None:
    """Make a policy known twice, and train who administers certificates."""
    for actor, of, channel, reach, counted_by in (
        (college, college_id, PublicityChannel.LECTURE, 186, "签到表"),
        (office, None, PublicityChannel.WEBSITE, 1240, "网页访问量"),
    ):
        told = PolicyPublicityIn(
            college_id=of,
            title="1+X证书制度试点政策宣讲",
            policy_reference="教职所〔2020〕22号",
            channel=channel,
            held_on=today,
            reach=reach,
            counted_by=counted_by,
        )
        await outreach.record_publicity(session, actor, wish=told, today=today)
    training = AdministratorTrainingIn(
        college_id=None,
        subject="证书管理与考务规范培训",
        held_on=today,
        hours_tenths=25,
        trainer="教务处",
        material="考务组织操作手册",
        people=[
            TrainingPersonIn(person_id=college.id, took_part=True),
            TrainingPersonIn(person_id=office.id, took_part=True),
        ],
    )
    await outreach.record_training(session, office, wish=training, today=today)

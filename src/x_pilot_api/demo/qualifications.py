"""Who teaches and examines in the demonstration: seed teachers in every state, a consortium, and some gaps."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate
from x_pilot_api.demo.keys import Keys
from x_pilot_api.identity.models import Role
from x_pilot_api.qualifications import commands
from x_pilot_api.qualifications.models import SeedTeacher
from x_pilot_api.qualifications.schemas import (
    CertificateCategoryIn,
    LeadHandoverIn,
    NewMemberIn,
    QualificationGrantIn,
    SeedCertificationIn,
    SeedNominationIn,
    SeedRenewalIn,
    TrainingConsortiumIn,
)
from x_pilot_api.registry.models import Teacher

_MAIN, _OTHER = "智能财税", "物流管理"
_CATEGORIES = (("CK", "财务会计类（演示）", _MAIN), ("WL", "物流管理类（演示）", _OTHER))
_EVIDENCE = "完成省级专项培训，所带班级取证率居前（演示）"
_YEAR = timedelta(days=365)


async def load_qualifications(session: AsyncSession, keys: Keys, *, today: date) -> None:
    """Sort two certificates, let teachers be seed teachers and examiners, and leave a term that is to be renewed."""
    office = keys.actor(Role.REGISTRAR)
    categories: dict[str, UUID] = {}
    for code, name, certificate in _CATEGORIES:
        wish = {"code": code, "name": name, "certificate_ids": [keys.certificates[certificate]]}
        made = await commands.create_category(session, office, wish=CertificateCategoryIn.model_validate(wish))
        categories[code] = made.id
    found = await session.execute(
        select(Teacher.staff_number, Teacher.id).where(Teacher.institution_id == keys.institution_id)
    )
    teachers = {row.staff_number: row.id for row in found.all()}
    senior = await _seed(session, keys, teachers["T0101"], categories["CK"], "01", tier="3", begun=today - _YEAR)
    ended = await _seed(
        session, keys, teachers["T0201"], categories["CK"], "02", tier="2", begun=today - 3 * _YEAR, years=2
    )
    college = keys.actor(Role.COORDINATOR, college_id=keys.colleges["02"])
    await commands.renew_seed(
        session,
        college,
        seed_id=ended.id,
        wish=SeedRenewalIn(evidence=_EVIDENCE, evidence_references=["演示培训2026-07"]),
        today=today,
    )
    await _nominate(session, keys, teachers["T0102"], categories["CK"], "01", tier="2")
    await _consortium(session, keys, categories["CK"], today=today)
    await _grants(session, keys, teachers, senior.id, today=today)


async def _nominate(
    session: AsyncSession, keys: Keys, teacher_id: UUID, category_id: UUID, college_code: str, *, tier: str
) -> SeedTeacher:
    wish = {"teacher_id": teacher_id, "certificate_category_id": category_id, "tier": tier, "evidence": _EVIDENCE}
    college = keys.actor(Role.COORDINATOR, college_id=keys.colleges[college_code])
    return await commands.nominate_seed(session, college, wish=SeedNominationIn.model_validate(wish))


async def _seed(
    session: AsyncSession,
    keys: Keys,
    teacher_id: UUID,
    category_id: UUID,
    college_code: str,
    *,
    tier: str,
    begun: date,
    years: int = 3,
) -> SeedTeacher:
    nominated = await _nominate(session, keys, teacher_id, category_id, college_code, tier=tier)
    term = {
        "document_number": f"演示教〔{begun.year}〕7号",
        "valid_from": begun,
        "valid_until": begun + years * _YEAR - timedelta(days=1),
    }
    return await commands.certify_seed(
        session,
        keys.actor(Role.REGISTRAR),
        seed_id=nominated.id,
        wish=SeedCertificationIn.model_validate(term),
        today=begun,
    )


async def _consortium(session: AsyncSession, keys: Keys, category_id: UUID, *, today: date) -> None:
    """Found a consortium whose lead went from one college to another."""
    office, founded = keys.actor(Role.REGISTRAR), today - 2 * _YEAR
    wish = {
        "certificate_category_id": category_id,
        "name": "财务会计类证书教师培训联合体（演示）",
        "purpose": "统筹校企培训资源，分级培养智能财税师资（演示）",
        "document_number": f"演示教〔{founded.year}〕3号",
        "from_on": founded,
        "lead": {"college_id": keys.colleges["02"]},
    }
    made = await commands.found_consortium(session, office, wish=TrainingConsortiumIn.model_validate(wish))
    of_main = select(Certificate.organisation_id).where(Certificate.id == keys.certificates[_MAIN])
    organisation = (await session.execute(of_main)).scalar_one()
    for member in ({"organisation_id": organisation}, {"partner_name": "某会计师事务所（演示）"}):
        await commands.add_member(
            session, office, consortium_id=made.id, wish=NewMemberIn.model_validate(member | {"from_on": founded})
        )
    handed = {"college_id": keys.colleges["01"], "from_on": today - _YEAR}
    await commands.hand_over_lead(session, office, consortium_id=made.id, wish=LeadHandoverIn.model_validate(handed))


async def _grants(session: AsyncSession, keys: Keys, teachers: dict[str, UUID], seed_id: UUID, *, today: date) -> None:
    """Let some examine and teach; one qualification ends within the month, and logistics has nobody yet."""
    level = keys.levels[_MAIN, "2"]
    document = {"document_number": f"演示培评〔{today.year}〕11号"}
    for names, kind, until, basis in (
        (("T0101", "T0201"), "examine", None, document),
        (("T0102",), "examine", today + timedelta(days=20), document),
        (("T0102", "T0103", "T0202"), "teach", today + _YEAR, {"seed_teacher_id": seed_id}),
    ):
        wish = {
            "kind": kind,
            "teacher_ids": [teachers[name] for name in names],
            "certificate_level_ids": [level],
            "valid_from": today - timedelta(days=90),
            "valid_until": until,
        }
        await commands.grant_qualifications(
            session, keys.actor(Role.REGISTRAR), wish=QualificationGrantIn.model_validate(wish | basis), today=today
        )

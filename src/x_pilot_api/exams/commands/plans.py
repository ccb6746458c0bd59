"""Announcing an exam plan."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.certificates.models import Admission, AdmissionStatus, Certificate, CertificateLevel
from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.exams.errors import CertificateNotAdmitted, LevelsUnclear, PlanCodeTaken, SchemeMissing
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel
from x_pilot_api.exams.schemas import ExamPlanIn
from x_pilot_api.identity import queries as identity
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind


async def announce_plan(session: AsyncSession, actor: Actor, *, wish: ExamPlanIn) -> ExamPlan:
    """Announce an exam of one organisation at one institution, each level by the assessment scheme of its day."""
    institution_id = await _institution_of(session, actor, wish)
    organisation_id = await _organisation_of(session, actor, wish.certificate_level_ids)
    await _refuse_unless_admitted(session, institution_id, wish.certificate_level_ids, on=wish.exam_on)
    schemes = await _schemes_on(session, wish.certificate_level_ids, on=wish.exam_on)
    if await _code_is_taken(session, institution_id, organisation_id, wish.code):
        raise PlanCodeTaken(plan_code=wish.code)
    plan = ExamPlan(
        institution_id=institution_id,
        organisation_id=organisation_id,
        code=wish.code,
        name=wish.name,
        registration_opens_on=wish.registration_opens_on,
        registration_closes_on=wish.registration_closes_on,
        exam_on=wish.exam_on,
        objections_until=wish.objections_until,
        last_serial=0,
    )
    session.add(plan)
    await session.flush()
    await session.execute(
        insert(ExamPlanLevel),
        [
            {
                "institution_id": institution_id,
                "exam_plan_id": plan.id,
                "certificate_level_id": level_id,
                "scheme_id": scheme_id,
            }
            for level_id, scheme_id in schemes.items()
        ],
    )
    await audit.record(
        session,
        actor,
        "announce_plan",
        institution_id=institution_id,
        object_kind="exam_plan",
        object_id=plan.id,
        detail={"code": wish.code, "levels": [str(level_id) for level_id in schemes]},
    )
    await _tell(session, actor, plan, level_ids=list(schemes))
    return plan


async def _tell(session: AsyncSession, actor: Actor, plan: ExamPlan, *, level_ids: list[UUID]) -> None:
    """Tell the organisation that an exam of its certificate was announced."""
    await outbox.announce(
        session,
        actor,
        institution_id=plan.institution_id,
        organisation_id=plan.organisation_id,
        kind=EventKind.EXAM_PLAN_ANNOUNCED,
        object_kind="exam_plan",
        object_id=plan.id,
        data={
            "code": plan.code,
            "certificate_level_ids": level_ids,
            "registration_opens_on": plan.registration_opens_on,
            "registration_closes_on": plan.registration_closes_on,
            "exam_on": plan.exam_on,
        },
    )


async def _institution_of(session: AsyncSession, actor: Actor, wish: ExamPlanIn) -> UUID:
    """Find where the exam is held: an institution's own people cannot name another."""
    if actor.institution_id is not None:
        if wish.institution_id not in {None, actor.institution_id}:
            raise NotFound(what="institution", zh="院校")
        return actor.institution_id
    if wish.institution_id is None:
        raise NotFound(what="institution", zh="院校")
    return (await identity.get_institution(session, wish.institution_id)).id


async def _organisation_of(session: AsyncSession, actor: Actor, level_ids: list[UUID]) -> UUID:
    """Find whose exam it is: the one organisation of all the levels, and for its staff their own."""
    rows = await session.execute(
        select(CertificateLevel.id, Certificate.organisation_id)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .where(CertificateLevel.id.in_(level_ids))
    )
    found = rows.all()
    organisations = {row.organisation_id for row in found}
    foreign = actor.organisation_id is not None and organisations != {actor.organisation_id}
    if len(found) != len(set(level_ids)) or len(organisations) != 1 or foreign:
        raise LevelsUnclear(asked=len(level_ids), found=len(found), organisations=len(organisations))
    return organisations.pop()


async def _refuse_unless_admitted(
    session: AsyncSession, institution_id: UUID, level_ids: list[UUID], *, on: date
) -> None:
    """Refuse a certificate that no college of the institution runs on the day of the exam."""
    # An exit decided at this moment is waited for: what has exited takes no new plan.
    await certificates.hold_admissions(session, institution_id=institution_id, level_ids=level_ids)
    running = select(Admission.certificate_id).where(
        Admission.institution_id == institution_id,
        Admission.admitted_on <= on,
        (Admission.status == AdmissionStatus.ADMITTED) | (Admission.exited_on > on),
    )
    missing = await session.scalars(
        select(Certificate.name)
        .join(CertificateLevel, CertificateLevel.certificate_id == Certificate.id)
        .where(CertificateLevel.id.in_(level_ids), Certificate.id.not_in(running))
        .distinct()
    )
    names = sorted(missing.all())
    if names:
        raise CertificateNotAdmitted(certificates="、".join(names))


async def _schemes_on(session: AsyncSession, level_ids: list[UUID], *, on: date) -> dict[UUID, UUID]:
    schemes = await certificates.find_schemes_on(session, level_ids, on=on)
    missing = sorted(str(level_id) for level_id in set(level_ids) - set(schemes))
    if missing:
        raise SchemeMissing(levels=", ".join(missing))
    return schemes


async def _code_is_taken(session: AsyncSession, institution_id: UUID, organisation_id: UUID, code: str) -> bool:
    statement = select(func.count()).where(
        ExamPlan.institution_id == institution_id, ExamPlan.organisation_id == organisation_id, ExamPlan.code == code
    )
    return bool((await session.execute(statement)).scalar_one())

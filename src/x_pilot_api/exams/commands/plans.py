"""Drafting, changing and publishing an exam plan."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, insert, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.certificates.models import Admission, AdmissionStatus, Certificate, CertificateLevel
from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.exams.commands import tasklist
from x_pilot_api.exams.errors import CertificateNotAdmitted, LevelsUnclear, PlanCodeTaken, SchemeMissing
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel
from x_pilot_api.exams.rules import PLAN_KIND, PLAN_WORKFLOW, standing_of
from x_pilot_api.exams.schemas import ExamPlanIn, ExamPlanTerms
from x_pilot_api.identity import queries as identity
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind

_NOT_COLUMNS = {"institution_id", "draft", "certificate_level_ids"}
_TERMS = tuple(sorted(ExamPlanTerms.model_fields.keys() - _NOT_COLUMNS))


async def announce_plan(session: AsyncSession, actor: Actor, *, wish: ExamPlanIn, timezone: str) -> ExamPlan:
    """Announce an exam of one organisation at one institution, or draft one that is announced later."""
    institution_id = await _institution_of(session, actor, wish)
    organisation_id = await _organisation_of(session, actor, wish.certificate_level_ids)
    schemes = await _schemes_for(session, institution_id, wish.certificate_level_ids, on=wish.exam_on)
    if await _code_is_taken(session, institution_id, organisation_id, wish.code):
        raise PlanCodeTaken(plan_code=wish.code)
    plan = ExamPlan(
        institution_id=institution_id,
        organisation_id=organisation_id,
        **wish.model_dump(exclude=_NOT_COLUMNS),
        # Null is said in so many words, or the column's default would publish the plan.
        published_at=null() if wish.draft else clock.now(),
        last_serial=0,
    )
    session.add(plan)
    await session.flush()
    await session.refresh(plan)
    await _examine(session, plan, schemes)
    await _record(session, actor, "draft_plan" if wish.draft else "announce_plan", plan, levels=list(schemes))
    if not wish.draft:
        await _publish(session, actor, plan, level_ids=list(schemes), timezone=timezone)
    return plan


async def change_plan(session: AsyncSession, actor: Actor, *, plan: ExamPlan, wish: ExamPlanTerms) -> None:
    """Write a locked draft anew; its organisation and institution stay."""
    PLAN_WORKFLOW.target_of("change", state=standing_of(plan))
    organisation_id = await _organisation_of(session, actor, wish.certificate_level_ids)
    if organisation_id != plan.organisation_id:
        raise LevelsUnclear(asked=len(wish.certificate_level_ids), found=0, organisations=1)
    schemes = await _schemes_for(session, plan.institution_id, wish.certificate_level_ids, on=wish.exam_on)
    if wish.code != plan.code and await _code_is_taken(session, plan.institution_id, organisation_id, wish.code):
        raise PlanCodeTaken(plan_code=wish.code)
    before = changes.fields_of(plan, *_TERMS)
    for name, value in wish.model_dump(exclude=_NOT_COLUMNS).items():
        setattr(plan, name, value)
    await session.flush()
    await _examine(session, plan, schemes)
    await _record(
        session, actor, "change_plan", plan, levels=list(schemes), before=before, after=changes.fields_of(plan, *_TERMS)
    )


async def publish_plan(session: AsyncSession, actor: Actor, *, plan: ExamPlan, timezone: str) -> None:
    """Publish a locked draft: what it says is fixed, its tasks get their days, and the organisation hears of it."""
    PLAN_WORKFLOW.target_of("publish", state=standing_of(plan))
    levels = await session.scalars(
        select(ExamPlanLevel.certificate_level_id).where(
            ExamPlanLevel.institution_id == plan.institution_id, ExamPlanLevel.exam_plan_id == plan.id
        )
    )
    # Since it was drafted a certificate may have exited, and a scheme been followed by another.
    schemes = await _schemes_for(session, plan.institution_id, list(levels.all()), on=plan.exam_on)
    await _examine(session, plan, schemes)
    plan.published_at = clock.now()
    await session.flush()
    await _record(session, actor, "publish_plan", plan, levels=list(schemes))
    await _publish(session, actor, plan, level_ids=list(schemes), timezone=timezone)


async def _publish(
    session: AsyncSession, actor: Actor, plan: ExamPlan, *, level_ids: list[UUID], timezone: str
) -> None:
    await tasklist.write_tasks(session, plan, timezone=timezone)
    await _tell(session, actor, plan, level_ids=level_ids)


async def _examine(session: AsyncSession, plan: ExamPlan, schemes: dict[UUID, UUID]) -> None:
    """Let a plan examine these levels by these schemes, whatever it examined before."""
    await session.execute(
        delete(ExamPlanLevel).where(
            ExamPlanLevel.institution_id == plan.institution_id, ExamPlanLevel.exam_plan_id == plan.id
        )
    )
    await session.execute(
        insert(ExamPlanLevel),
        [
            {
                "institution_id": plan.institution_id,
                "exam_plan_id": plan.id,
                "certificate_level_id": level_id,
                "scheme_id": scheme_id,
            }
            for level_id, scheme_id in schemes.items()
        ],
    )


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    plan: ExamPlan,
    *,
    levels: list[UUID],
    before: audit.State | None = None,
    after: audit.State | None = None,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=plan.institution_id,
        object_kind=PLAN_KIND,
        object_id=plan.id,
        detail={"code": plan.code, "levels": [str(level_id) for level_id in levels]},
        before=before,
        after=after,
    )


async def _tell(session: AsyncSession, actor: Actor, plan: ExamPlan, *, level_ids: list[UUID]) -> None:
    """Tell the organisation that an exam of its certificate was announced."""
    await outbox.announce(
        session,
        actor,
        institution_id=plan.institution_id,
        organisation_id=plan.organisation_id,
        kind=EventKind.EXAM_PLAN_ANNOUNCED,
        object_kind=PLAN_KIND,
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


async def _schemes_for(
    session: AsyncSession, institution_id: UUID, level_ids: list[UUID], *, on: date
) -> dict[UUID, UUID]:
    """Find how each level is examined on a day, if the institution runs its certificate then."""
    await _refuse_unless_admitted(session, institution_id, level_ids, on=on)
    return await _schemes_on(session, level_ids, on=on)


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

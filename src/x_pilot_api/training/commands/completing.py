"""Trainings elsewhere, recorded by one and confirmed by another; and taking back what was completed by mistake."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.registry import queries as registry
from x_pilot_api.training import queries, rules
from x_pilot_api.training.errors import OutsideTrainingExists, OutsideTrainingOwn
from x_pilot_api.training.models import (
    OutsideTraining,
    TrainingCompletion,
    TrainingEnrolment,
    TrainingReversal,
)
from x_pilot_api.training.schemas import OutsideTrainingIn


async def record_outside_training(
    session: AsyncSession, actor: Actor, *, wish: OutsideTrainingIn, today: date
) -> OutsideTraining:
    """Record what a teacher did elsewhere, by its document; it counts once somebody else has confirmed it."""
    teacher = await registry.get_teacher(session, actor, wish.teacher_id)
    if wish.certificate_level_id is not None:
        await certificates.get_level(session, wish.certificate_level_id)
    rules.check_done(completed_on=wish.completed_on, today=today)
    made = await session.scalars(
        insert(OutsideTraining)
        .values(
            institution_id=teacher.institution_id,
            state=rules.OUTSIDE.initial,
            recorded_by=actor.id,
            **wish.model_dump(),
        )
        .on_conflict_do_nothing(
            index_elements=["institution_id", "teacher_id", "document_number"],
            index_where=text("state IN ('recorded', 'confirmed')"),
        )
        .returning(OutsideTraining)
    )
    outside = made.one_or_none()
    if outside is None:
        existing = await queries.find_outside_training(
            session,
            institution_id=teacher.institution_id,
            teacher_id=teacher.id,
            document_number=wish.document_number,
        )
        assert existing is not None  # noqa: S101 - a live one was in the way
        raise OutsideTrainingExists(
            document=existing.document_number, state=existing.state, outside_training_id=str(existing.id)
        )
    await _record(session, actor, "record_outside_training", outside, before=None)
    return outside


async def confirm_outside_training(
    session: AsyncSession, actor: Actor, *, outside_training_id: UUID, remark: str | None
) -> OutsideTraining:
    """Let a training elsewhere count, as a second person."""
    outside = await _decide(session, actor, "confirm", outside_training_id=outside_training_id, remark=remark)
    session.add(
        TrainingCompletion(
            institution_id=outside.institution_id,
            teacher_id=outside.teacher_id,
            outside_training_id=outside.id,
            attempt=1,
            title=outside.title,
            certificate_level_id=outside.certificate_level_id,
            hours=outside.hours,
            is_x_module=outside.is_x_module,
            completed_on=outside.completed_on,
            recorded_by=actor.id,
        )
    )
    await session.flush()
    return outside


async def refuse_outside_training(
    session: AsyncSession, actor: Actor, *, outside_training_id: UUID, remark: str
) -> OutsideTraining:
    """Refuse a training elsewhere with a reason; it can be recorded anew."""
    return await _decide(session, actor, "refuse", outside_training_id=outside_training_id, remark=remark)


async def _decide(
    session: AsyncSession, actor: Actor, deed: str, *, outside_training_id: UUID, remark: str | None
) -> OutsideTraining:
    outside = await queries.get_outside_training(session, actor, outside_training_id, lock=True)
    before, target = outside.state, rules.OUTSIDE.target_of(deed, state=outside.state)
    is_own = await queries.is_own_training(
        session, actor, institution_id=outside.institution_id, teacher_id=outside.teacher_id
    )
    if is_own or outside.recorded_by == actor.id:
        raise OutsideTrainingOwn
    outside.state, outside.remark, outside.decided_by = target, remark, actor.id
    await session.flush()
    await _record(session, actor, f"{deed}_outside_training", outside, before=before)
    return outside


async def _record(
    session: AsyncSession, actor: Actor, deed: str, outside: OutsideTraining, *, before: str | None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=outside.institution_id,
        object_kind=rules.OUTSIDE_KIND,
        object_id=outside.id,
        detail={"hours": outside.hours, "is_x_module": outside.is_x_module},
        before=None if before is None else {"state": before},
        after={"state": outside.state},
    )


async def reopen_enrolment(
    session: AsyncSession, actor: Actor, *, enrolment_id: UUID, reason: str, reverses: UUID | None = None
) -> TrainingEnrolment:
    """Take a result back with a reason; what was completed by it is reversed, and another result can be recorded."""
    found = await queries.get_enrolment(session, actor, enrolment_id)
    project = await queries.get_project(session, actor, found.project_id, lock=True)
    enrolment = await queries.get_enrolment(session, actor, enrolment_id, lock=True)
    before, target = enrolment.state, rules.ENROLMENT.target_of("reopen", state=enrolment.state)
    completion_id = await queries.find_completion_of(
        session, institution_id=enrolment.institution_id, enrolment_id=enrolment.id
    )
    if reverses not in {None, completion_id}:
        # Somebody was quicker, and what counts now came after it.
        rules.COMPLETION.target_of("reverse", state=rules.REVERSED)
    if completion_id is not None:
        await _reverse(session, actor, enrolment.institution_id, completion_id, reason=reason)
    result = enrolment.result
    enrolment.state, enrolment.result = target, None
    project.state = rules.PROJECT.target_of("resume", state=project.state)
    await session.flush()
    await audit.record(
        session,
        actor,
        "reopen_training_enrolment",
        institution_id=enrolment.institution_id,
        object_kind=rules.ENROLMENT_KIND,
        object_id=enrolment.id,
        detail={"reason": reason, "result": result},
        before={"state": before},
        after={"state": target},
    )
    return enrolment


async def reverse_completion(
    session: AsyncSession, actor: Actor, *, completion_id: UUID, reason: str
) -> TrainingCompletion:
    """Let a completion count no longer, with a reason; what it came from is open for a right result again."""
    completion = await queries.get_completion(session, actor, completion_id)
    if completion.enrolment_id is not None:
        await _check_counts(session, completion)
        await reopen_enrolment(
            session, actor, enrolment_id=completion.enrolment_id, reason=reason, reverses=completion.id
        )
        return completion
    assert completion.outside_training_id is not None  # noqa: S101 - a constraint gives it one of two sources
    outside = await queries.get_outside_training(session, actor, completion.outside_training_id, lock=True)
    await _check_counts(session, completion)
    before, outside.state = outside.state, rules.OUTSIDE.target_of("reverse", state=outside.state)
    await session.flush()
    await _reverse(session, actor, completion.institution_id, completion.id, reason=reason)
    await _record(session, actor, "reverse_outside_training", outside, before=before)
    return completion


async def _check_counts(session: AsyncSession, completion: TrainingCompletion) -> None:
    is_reversed = await queries.is_reversed(session, completion)
    rules.COMPLETION.target_of("reverse", state=rules.REVERSED if is_reversed else rules.COUNTS)


async def _reverse(
    session: AsyncSession, actor: Actor, institution_id: UUID, completion_id: UUID, *, reason: str
) -> None:
    session.add(
        TrainingReversal(
            institution_id=institution_id, completion_id=completion_id, reason=reason, reversed_by=actor.id
        )
    )
    await session.flush()
    await audit.record(
        session,
        actor,
        "reverse_training_completion",
        institution_id=institution_id,
        object_kind=rules.COMPLETION_KIND,
        object_id=completion_id,
        detail={"reason": reason},
    )

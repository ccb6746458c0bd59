"""What teachers completed, here and elsewhere, and the certificates they hold, told with names."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.training import rules
from x_pilot_api.training.models import (
    OutsideState,
    OutsideTraining,
    TeacherCertificate,
    TrainingCompletion,
    TrainingOrigin,
    TrainingReversal,
)
from x_pilot_api.training.queries import reach
from x_pilot_api.training.schemas import OutsideTrainingOut, TeacherCertificateOut, TrainingCompletionOut

_NAMED = """
SELECT it.id, teacher.staff_number, teacher.name AS teacher_name, teacher.college_id, college.name AS college_name,
    teacher.person_id, certificate.name AS certificate_name, level.level
FROM {table} AS it
JOIN teachers AS teacher ON teacher.institution_id = it.institution_id AND teacher.id = it.teacher_id
JOIN colleges AS college ON college.institution_id = teacher.institution_id AND college.id = teacher.college_id
LEFT JOIN certificate_levels AS level ON level.id = it.certificate_level_id
LEFT JOIN certificates AS certificate ON certificate.id = level.certificate_id
WHERE it.institution_id = :institution_id AND it.id = ANY (:ids)
"""
_Named = OutsideTraining | TrainingCompletion | TeacherCertificate


async def _names(session: AsyncSession, rows: Sequence[_Named]) -> Mapping[UUID, Any]:
    statement = text(_NAMED.format(table=rows[0].__tablename__)).bindparams(bindparam("ids", type_=ARRAY(Uuid)))
    values = {"institution_id": rows[0].institution_id, "ids": [row.id for row in rows]}
    return {row.id: row for row in (await session.execute(statement, values)).all()}


def _teacher(named: Any) -> dict[str, Any]:  # noqa: ANN401 - a row
    return {
        "staff_number": named.staff_number,
        "teacher_name": named.teacher_name,
        "college_id": named.college_id,
        "college_name": named.college_name,
    }


async def list_outside_trainings(
    session: AsyncSession,
    actor: Actor,
    *,
    teacher_id: UUID | None,
    college_id: UUID | None,
    state: OutsideState | None,
    wish: PageWish,
) -> tuple[Sequence[OutsideTraining], str | None]:
    """List visible trainings elsewhere, the first recorded first."""
    statement = reach.filtered(
        reach.visible_outside_trainings(actor), (OutsideTraining.teacher_id, teacher_id), (OutsideTraining.state, state)
    )
    statement = reach.of_college(statement, OutsideTraining.teacher_id, college_id)
    return await page_of(session, statement, order=(OutsideTraining.id,), wish=wish)


async def find_outside_training(
    session: AsyncSession, *, institution_id: UUID, teacher_id: UUID, document_number: str
) -> OutsideTraining | None:
    """Find the live record of a teacher's document."""
    statement = select(OutsideTraining).where(
        OutsideTraining.institution_id == institution_id,
        OutsideTraining.teacher_id == teacher_id,
        OutsideTraining.document_number == document_number,
        OutsideTraining.state.in_([OutsideState.RECORDED, OutsideState.CONFIRMED]),
    )
    return (await session.scalars(statement)).one_or_none()


async def describe_outside_trainings(
    session: AsyncSession, actor: Actor, rows: Sequence[OutsideTraining]
) -> list[OutsideTrainingOut]:
    """Tell trainings elsewhere of one institution in one statement however many they are."""
    if not rows:
        return []
    named = await _names(session, rows)
    return [
        OutsideTrainingOut(
            id=it.id,
            teacher_id=it.teacher_id,
            **_teacher(named[it.id]),
            title=it.title,
            organiser=it.organiser,
            origin=TrainingOrigin(it.origin),
            certificate_level_id=it.certificate_level_id,
            certificate_name=named[it.id].certificate_name,
            level=named[it.id].level,
            hours=it.hours,
            is_x_module=it.is_x_module,
            completed_on=it.completed_on,
            document_number=it.document_number,
            state=OutsideState(it.state),
            remark=it.remark,
            recorded_at=it.recorded_at,
            allowed_deeds=rules.deeds_on_outside(actor, it, is_own=named[it.id].person_id == actor.id),
        )
        for it in rows
    ]


async def list_completions(
    session: AsyncSession,
    actor: Actor,
    *,
    teacher_id: UUID | None,
    college_id: UUID | None,
    certificate_level_id: UUID | None,
    completed_from: date | None,
    completed_until: date | None,
    wish: PageWish,
) -> tuple[Sequence[TrainingCompletion], str | None]:
    """List what visible teachers completed, reversed ones too, by day."""
    statement = reach.filtered(
        reach.visible_completions(actor),
        (TrainingCompletion.teacher_id, teacher_id),
        (TrainingCompletion.certificate_level_id, certificate_level_id),
    )
    statement = reach.of_college(statement, TrainingCompletion.teacher_id, college_id)
    if completed_from is not None:
        statement = statement.where(TrainingCompletion.completed_on >= completed_from)
    if completed_until is not None:
        statement = statement.where(TrainingCompletion.completed_on <= completed_until)
    order = (TrainingCompletion.completed_on, TrainingCompletion.id)
    return await page_of(session, statement, order=order, wish=wish)


async def is_reversed(session: AsyncSession, completion: TrainingCompletion) -> bool:
    """Tell whether a completion counts no longer."""
    found = exists().where(
        TrainingReversal.institution_id == completion.institution_id,
        TrainingReversal.completion_id == completion.id,
    )
    return bool(await session.scalar(select(found)))


async def find_completion_of(session: AsyncSession, *, institution_id: UUID, enrolment_id: UUID) -> UUID | None:
    """Find what came of an enrolment and still counts."""
    reversed_ = exists().where(
        TrainingReversal.institution_id == TrainingCompletion.institution_id,
        TrainingReversal.completion_id == TrainingCompletion.id,
    )
    statement = select(TrainingCompletion.id).where(
        TrainingCompletion.institution_id == institution_id, TrainingCompletion.enrolment_id == enrolment_id, ~reversed_
    )
    return (await session.scalars(statement)).one_or_none()


async def describe_completions(
    session: AsyncSession, actor: Actor, rows: Sequence[TrainingCompletion]
) -> list[TrainingCompletionOut]:
    """Tell completions of one institution in two statements however many they are."""
    if not rows:
        return []
    named = await _names(session, rows)
    statement = select(TrainingReversal).where(
        TrainingReversal.institution_id == rows[0].institution_id,
        TrainingReversal.completion_id.in_([row.id for row in rows]),
    )
    reversals = {found.completion_id: found for found in (await session.scalars(statement)).all()}
    return [_completion(actor, it, named[it.id], reversals.get(it.id)) for it in rows]


def _completion(
    actor: Actor,
    it: TrainingCompletion,
    named: Any,  # noqa: ANN401 - a row
    reversal: TrainingReversal | None,
) -> TrainingCompletionOut:
    return TrainingCompletionOut(
        id=it.id,
        teacher_id=it.teacher_id,
        **_teacher(named),
        title=it.title,
        enrolment_id=it.enrolment_id,
        outside_training_id=it.outside_training_id,
        certificate_level_id=it.certificate_level_id,
        certificate_name=named.certificate_name,
        level=named.level,
        hours=it.hours,
        is_x_module=it.is_x_module,
        completed_on=it.completed_on,
        recorded_at=it.recorded_at,
        reversed_because=None if reversal is None else reversal.reason,
        reversed_at=None if reversal is None else reversal.reversed_at,
        allowed_deeds=rules.COMPLETION.allowed_deeds(actor, state=rules.COUNTS if reversal is None else rules.REVERSED),
    )


async def list_teacher_certificates(
    session: AsyncSession, actor: Actor, *, teacher_id: UUID | None, college_id: UUID | None, wish: PageWish
) -> tuple[Sequence[TeacherCertificate], str | None]:
    """List the certificates of visible teachers, the first recorded first."""
    statement = reach.filtered(reach.visible_teacher_certificates(actor), (TeacherCertificate.teacher_id, teacher_id))
    statement = reach.of_college(statement, TeacherCertificate.teacher_id, college_id)
    return await page_of(session, statement, order=(TeacherCertificate.id,), wish=wish)


async def describe_teacher_certificates(
    session: AsyncSession, actor: Actor, rows: Sequence[TeacherCertificate], *, today: date
) -> list[TeacherCertificateOut]:
    """Tell certificates of one institution's teachers in one statement however many they are."""
    if not rows:
        return []
    named = await _names(session, rows)
    return [
        TeacherCertificateOut(
            id=it.id,
            teacher_id=it.teacher_id,
            **_teacher(named[it.id]),
            certificate_level_id=it.certificate_level_id,
            level=named[it.id].level,
            name=it.name,
            issuer=it.issuer,
            certificate_number=it.certificate_number,
            issued_on=it.issued_on,
            expires_on=it.expires_on,
            has_expired=it.expires_on is not None and it.expires_on < today,
            allowed_deeds=["remove"] if actor.may(Permission.TRAINING_RECORD) else [],
        )
        for it in rows
    ]

"""Taking part: enrolling, withdrawing, attendance and results, and what participants say."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Text, Uuid, bindparam, text
from sqlalchemy import insert as insert_rows
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.training import queries, rules
from x_pilot_api.training.commands import placing
from x_pilot_api.training.errors import TeachersEnrolled, TrainingSurveyAnswered, TrainingSurveyNotYours
from x_pilot_api.training.models import (
    EnrolmentState,
    TrainingEnrolment,
    TrainingProject,
    TrainingResult,
    TrainingSurveyAnswer,
)
from x_pilot_api.training.schemas import EnrolmentIn, TrainingResultIn, TrainingResultsIn, TrainingSurveyIn

_RECORD = text("""
UPDATE training_enrolments AS enrolment SET hours_attended = given.hours, result = given.result,
    state = CASE WHEN given.result IS NULL THEN enrolment.state ELSE 'concluded' END,
    conclusions = enrolment.conclusions + CASE WHEN given.result IS NULL THEN 0 ELSE 1 END
FROM unnest(:ids, :hours, :results) AS given (id, hours, result)
WHERE enrolment.institution_id = :institution_id AND enrolment.id = given.id
""").bindparams(
    bindparam("ids", type_=ARRAY(Uuid)), bindparam("hours", type_=ARRAY(BigInteger)),
    bindparam("results", type_=ARRAY(Text)),
)  # fmt: skip

_COMPLETE = text("""
INSERT INTO training_completions (institution_id, teacher_id, enrolment_id, attempt, title, certificate_level_id,
    hours, is_x_module, completed_on, recorded_by)
SELECT enrolment.institution_id, enrolment.teacher_id, enrolment.id, enrolment.conclusions, project.title,
    project.certificate_level_id, enrolment.hours_attended, project.is_x_module, project.ends_on, :recorded_by
FROM training_enrolments AS enrolment
JOIN training_projects AS project ON project.institution_id = enrolment.institution_id
    AND project.id = enrolment.project_id
WHERE enrolment.institution_id = :institution_id AND enrolment.id = ANY (:ids) AND enrolment.result = 'passed'
ORDER BY enrolment.number
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))


async def enrol_teachers(
    session: AsyncSession, actor: Actor, *, project_id: UUID, wish: EnrolmentIn, today: date
) -> Sequence[TrainingEnrolment]:
    """Put teachers into a project's line: the first get the places there are, the others wait in this order."""
    teachers = {found.id: found for found in await queries.list_enrollable(session, actor, wish.teacher_ids)}
    if len(teachers) < len(wish.teacher_ids):
        raise NotFound(what="teacher", zh="教师")
    project = await queries.get_project(session, actor, project_id, lock=True)
    rules.PROJECT.target_of("enrol", state=project.state)
    rules.check_enrolling(project, today=today)
    known = await queries.list_in_line(session, project, wish.teacher_ids)
    if known:
        numbers = sorted(teachers[teacher_id].staff_number for teacher_id in known)
        raise TeachersEnrolled(count=len(known), staff_numbers=", ".join(numbers))
    states = rules.states_in_line(len(wish.teacher_ids), places=project.places, taken=project.taken)
    now = clock.now()
    rows = [
        {
            "institution_id": project.institution_id,
            "project_id": project.id,
            "teacher_id": teacher_id,
            "number": project.lined_up + nth,
            "state": state,
            "enrolled_by": actor.id,
            "placed_at": now if state == EnrolmentState.ENROLLED else None,
        }
        for nth, (teacher_id, state) in enumerate(zip(wish.teacher_ids, states, strict=True), start=1)
    ]
    project.lined_up += len(rows)
    project.taken += states.count(EnrolmentState.ENROLLED)
    await session.flush()
    made = await session.scalars(
        insert_rows(TrainingEnrolment).returning(TrainingEnrolment, sort_by_parameter_order=True), rows
    )
    enrolments = made.all()
    told = {each.id: audit.Told({"project_id": str(project.id), "number": each.number, "state": each.state})
            for each in enrolments}  # fmt: skip
    await _record_each(session, actor, "enrol_teacher", project, told)
    return enrolments


async def withdraw_enrolment(
    session: AsyncSession, actor: Actor, *, enrolment_id: UUID, reason: str, today: date
) -> TrainingEnrolment:
    """Give a place or a wait up before the training begins; a place goes to who has waited longest."""
    project, enrolment = await _lock(session, actor, enrolment_id)
    before = enrolment.state
    target = rules.ENROLMENT.target_of("withdraw", state=before)
    rules.check_withdrawing(project, state=before, today=today)
    enrolment.state, enrolment.withdrawn_because = target, reason
    if before == EnrolmentState.ENROLLED:
        project.taken -= 1
    await session.flush()
    await _record_each(
        session, actor, "withdraw_training_enrolment", project,
        {enrolment.id: audit.Told({"project_id": str(project.id)}, {"state": before}, {"state": target})},
    )  # fmt: skip
    if before == EnrolmentState.ENROLLED:
        await placing.give_places(session, actor, project)
    return enrolment


async def record_results(
    session: AsyncSession, actor: Actor, *, project_id: UUID, wish: TrainingResultsIn, today: date
) -> Sequence[TrainingEnrolment]:
    """Record attendance, and results once the training is over; who passed has completed it."""
    project = await queries.get_project(session, actor, project_id, lock=True)
    rules.PROJECT.target_of("record", state=project.state)
    enrolments = await queries.lock_enrolments(session, project, [row.enrolment_id for row in wish.rows])
    if len(enrolments) < len(wish.rows):
        raise NotFound(what="training enrolment", zh="培训报名")
    for row in wish.rows:
        rules.ENROLMENT.target_of("conclude", state=enrolments[row.enrolment_id].state)
        rules.check_recording(project, hours=row.hours_attended, has_results=row.result is not None, today=today)
    ids = [row.enrolment_id for row in wish.rows]
    values: dict[str, Any] = {
        "institution_id": project.institution_id,
        "ids": ids,
        "hours": [row.hours_attended for row in wish.rows],
        "results": [None if row.result is None else row.result.value for row in wish.rows],
    }
    await session.execute(_RECORD, values)
    await session.execute(_COMPLETE, {"institution_id": project.institution_id, "ids": ids, "recorded_by": actor.id})
    await _record_each(session, actor, "record_training_result", project, _told_of(project, wish.rows))
    return list((await queries.lock_enrolments(session, project, ids)).values())


def _told_of(project: TrainingProject, rows: Sequence[TrainingResultIn]) -> Mapping[UUID, audit.Told]:
    return {
        row.enrolment_id: audit.Told(
            {"project_id": str(project.id), "hours_attended": row.hours_attended, "result": row.result}
        )
        for row in rows
    }


async def answer_survey(
    session: AsyncSession, actor: Actor, *, enrolment_id: UUID, wish: TrainingSurveyIn
) -> TrainingEnrolment:
    """Say how a training was, as its participant and once; that somebody answered goes on record, not what."""
    enrolment = await queries.get_enrolment(session, actor, enrolment_id)
    is_own = await queries.is_own_training(
        session, actor, institution_id=enrolment.institution_id, teacher_id=enrolment.teacher_id
    )
    if not is_own:
        raise TrainingSurveyNotYours
    rules.ENROLMENT.target_of("answer_survey", state=enrolment.state)
    if enrolment.result == TrainingResult.ABSENT:
        raise TrainingSurveyNotYours
    made = await session.scalars(
        insert(TrainingSurveyAnswer)
        .values(
            institution_id=enrolment.institution_id,
            enrolment_id=enrolment.id,
            project_id=enrolment.project_id,
            **wish.model_dump(),
        )
        .on_conflict_do_nothing()
        .returning(TrainingSurveyAnswer.enrolment_id)
    )
    if made.one_or_none() is None:
        raise TrainingSurveyAnswered
    await audit.record(
        session,
        actor,
        "answer_training_survey",
        institution_id=enrolment.institution_id,
        object_kind=rules.PROJECT_KIND,
        object_id=enrolment.project_id,
    )
    return enrolment


async def _lock(session: AsyncSession, actor: Actor, enrolment_id: UUID) -> tuple[TrainingProject, TrainingEnrolment]:
    """Lock the project first and the enrolment then, as everybody does."""
    found = await queries.get_enrolment(session, actor, enrolment_id)
    project = await queries.get_project(session, actor, found.project_id, lock=True)
    return project, await queries.get_enrolment(session, actor, enrolment_id, lock=True)


async def _record_each(
    session: AsyncSession, actor: Actor, deed: str, project: TrainingProject, objects: Mapping[UUID, audit.Told]
) -> None:
    await audit.record_each(
        session,
        actor,
        deed,
        institution_id=project.institution_id,
        object_kind=rules.ENROLMENT_KIND,
        objects=objects,
    )

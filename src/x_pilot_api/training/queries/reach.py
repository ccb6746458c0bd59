"""Who may see which part of teacher training, and reading one row of it."""

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.identity.models import Role
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Teacher
from x_pilot_api.training.models import (
    OutsideTraining,
    TeacherCertificate,
    TrainingCompletion,
    TrainingCycle,
    TrainingEnrolment,
    TrainingProject,
    TrainingProjectState,
    TrainingRequirement,
)

_OFFICES = frozenset({Role.REGISTRAR, Role.AUDITOR})
_FRESH = {"populate_existing": True}
Row = TypeVar("Row")


def _of_teachers(actor: Actor, column: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
    return column.in_(registry.visible_teachers(actor).with_only_columns(Teacher.id))


def visible_requirements(actor: Actor) -> Select[TrainingRequirement]:
    """Select the requirements of the actor's institution; everybody may know what is asked of teachers."""
    if actor.institution_id is None:
        return select(TrainingRequirement).where(false())
    return select(TrainingRequirement).where(TrainingRequirement.institution_id == actor.institution_id)


def visible_cycles(actor: Actor) -> Select[TrainingCycle]:
    """Select the cycles of the teachers an actor may see."""
    return select(TrainingCycle).where(
        TrainingCycle.institution_id == actor.institution_id, _of_teachers(actor, TrainingCycle.teacher_id)
    )


def visible_projects(actor: Actor) -> Select[TrainingProject]:
    """Select the projects of the actor's institution; a draft is seen by the office alone."""
    if actor.institution_id is None:
        return select(TrainingProject).where(false())
    found = select(TrainingProject).where(TrainingProject.institution_id == actor.institution_id)
    if actor.roles & _OFFICES:
        return found
    return found.where(TrainingProject.state != TrainingProjectState.DRAFT)


def visible_enrolments(actor: Actor) -> Select[TrainingEnrolment]:
    """Select the enrolments of the teachers an actor may see."""
    return select(TrainingEnrolment).where(
        TrainingEnrolment.institution_id == actor.institution_id, _of_teachers(actor, TrainingEnrolment.teacher_id)
    )


def visible_outside_trainings(actor: Actor) -> Select[OutsideTraining]:
    """Select the trainings elsewhere of the teachers an actor may see."""
    return select(OutsideTraining).where(
        OutsideTraining.institution_id == actor.institution_id, _of_teachers(actor, OutsideTraining.teacher_id)
    )


def visible_completions(actor: Actor) -> Select[TrainingCompletion]:
    """Select what the teachers completed whom an actor may see."""
    return select(TrainingCompletion).where(
        TrainingCompletion.institution_id == actor.institution_id, _of_teachers(actor, TrainingCompletion.teacher_id)
    )


def visible_teacher_certificates(actor: Actor) -> Select[TeacherCertificate]:
    """Select the certificates of the teachers an actor may see."""
    return select(TeacherCertificate).where(
        TeacherCertificate.institution_id == actor.institution_id, _of_teachers(actor, TeacherCertificate.teacher_id)
    )


async def _one(session: AsyncSession, statement: Select[Row], *, lock: bool, what: str, zh: str) -> Row:
    if lock:
        statement = statement.with_for_update(key_share=True).execution_options(**_FRESH)
    return await lookups.get_one(session, statement, what=what, zh=zh)


async def get_project(session: AsyncSession, actor: Actor, project_id: UUID, *, lock: bool = False) -> TrainingProject:
    """Read one visible project; locked, nobody else gives its places away."""
    statement = visible_projects(actor).where(TrainingProject.id == project_id)
    return await _one(session, statement, lock=lock, what="training project", zh="培训项目")


async def get_enrolment(
    session: AsyncSession, actor: Actor, enrolment_id: UUID, *, lock: bool = False
) -> TrainingEnrolment:
    """Read one visible enrolment; whoever locks it has locked its project before."""
    statement = visible_enrolments(actor).where(TrainingEnrolment.id == enrolment_id)
    return await _one(session, statement, lock=lock, what="training enrolment", zh="培训报名")


async def get_outside_training(
    session: AsyncSession, actor: Actor, outside_training_id: UUID, *, lock: bool = False
) -> OutsideTraining:
    """Read one visible training elsewhere, locked when it is to be decided."""
    statement = visible_outside_trainings(actor).where(OutsideTraining.id == outside_training_id)
    return await _one(session, statement, lock=lock, what="outside training", zh="校外培训记录")


async def get_completion(session: AsyncSession, actor: Actor, completion_id: UUID) -> TrainingCompletion:
    """Read one visible completion; it never changes, so nobody locks it."""
    statement = visible_completions(actor).where(TrainingCompletion.id == completion_id)
    return await _one(session, statement, lock=False, what="training completion", zh="培训结业记录")


async def get_teacher_certificate(
    session: AsyncSession, actor: Actor, certificate_id: UUID, *, lock: bool = False
) -> TeacherCertificate:
    """Read one visible certificate of a teacher."""
    statement = visible_teacher_certificates(actor).where(TeacherCertificate.id == certificate_id)
    return await _one(session, statement, lock=lock, what="teacher certificate", zh="教师证书")


def filtered(statement: Select[Row], *asked: tuple[Any, object]) -> Select[Row]:
    """Narrow a list by what was asked for; null asks for nothing."""
    for column, value in asked:
        if value is not None:
            statement = statement.where(column == value)
    return statement


def of_college(statement: Select[Row], column: InstrumentedAttribute[UUID], college_id: UUID | None) -> Select[Row]:
    """Narrow a list to the teachers of one college."""
    if college_id is None:
        return statement
    return statement.where(column.in_(select(Teacher.id).where(Teacher.college_id == college_id)))

"""Projects, who takes part in them, and what participants say, told with the names people read."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Uuid, and_, bindparam, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Role
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Teacher
from x_pilot_api.training import rules
from x_pilot_api.training.models import (
    RATINGS,
    EnrolmentState,
    TrainingEnrolment,
    TrainingMode,
    TrainingOrigin,
    TrainingProject,
    TrainingProjectState,
    TrainingResult,
    TrainingSurveyAnswer,
)
from x_pilot_api.training.queries import reach
from x_pilot_api.training.schemas import (
    TrainingEnrolmentOut,
    TrainingProjectOut,
    TrainingRatingOut,
    TrainingSurveyOut,
)

_ENROL_OTHERS = frozenset({Role.REGISTRAR, Role.COORDINATOR})

_IDS = bindparam("ids", type_=ARRAY(Uuid))

_PROJECTS = text("""
SELECT project.id, organisation.name AS organisation_name, certificate.name AS certificate_name, level.level,
    line.waiting, line.open, line.concluded, own.id AS own_enrolment_id, own.state AS own_state
FROM training_projects AS project
LEFT JOIN organisations AS organisation ON organisation.id = project.organisation_id
LEFT JOIN certificate_levels AS level ON level.id = project.certificate_level_id
LEFT JOIN certificates AS certificate ON certificate.id = level.certificate_id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE enrolment.state = 'waiting') AS waiting,
        count(*) FILTER (WHERE enrolment.state = 'enrolled') AS open,
        count(*) FILTER (WHERE enrolment.state = 'concluded') AS concluded
    FROM training_enrolments AS enrolment
    WHERE enrolment.institution_id = project.institution_id AND enrolment.project_id = project.id
) AS line
LEFT JOIN LATERAL (
    SELECT enrolment.id, enrolment.state FROM training_enrolments AS enrolment
    JOIN teachers AS teacher ON teacher.institution_id = enrolment.institution_id AND teacher.id = enrolment.teacher_id
    WHERE enrolment.institution_id = project.institution_id AND enrolment.project_id = project.id
        AND enrolment.state <> 'withdrawn' AND teacher.person_id = :person_id
) AS own ON true
WHERE project.institution_id = :institution_id AND project.id = ANY (:ids)
""").bindparams(_IDS)

_ENROLMENTS = text("""
SELECT enrolment.id, project.title, project.starts_on, project.ends_on, project.hours, project.is_x_module,
    teacher.staff_number, teacher.name AS teacher_name, teacher.college_id, college.name AS college_name,
    teacher.person_id, answer.enrolment_id IS NOT NULL AS has_answered,
    CASE WHEN enrolment.state = 'waiting' THEN (
        SELECT count(*) FROM training_enrolments AS before
        WHERE before.institution_id = enrolment.institution_id AND before.project_id = enrolment.project_id
            AND before.state = 'waiting' AND before.number < enrolment.number
    ) END AS ahead
FROM training_enrolments AS enrolment
JOIN training_projects AS project ON project.institution_id = enrolment.institution_id
    AND project.id = enrolment.project_id
JOIN teachers AS teacher ON teacher.institution_id = enrolment.institution_id AND teacher.id = enrolment.teacher_id
JOIN colleges AS college ON college.institution_id = teacher.institution_id AND college.id = teacher.college_id
LEFT JOIN training_survey_answers AS answer ON answer.institution_id = enrolment.institution_id
    AND answer.enrolment_id = enrolment.id
WHERE enrolment.institution_id = :institution_id AND enrolment.id = ANY (:ids)
""").bindparams(_IDS)


async def list_projects(
    session: AsyncSession,
    actor: Actor,
    *,
    state: TrainingProjectState | None,
    origin: TrainingOrigin | None,
    certificate_level_id: UUID | None,
    enrols_from: date | None,
    wish: PageWish,
) -> tuple[Sequence[TrainingProject], str | None]:
    """List visible projects, those that end first first."""
    statement = reach.filtered(
        reach.visible_projects(actor),
        (TrainingProject.state, state),
        (TrainingProject.origin, origin),
        (TrainingProject.certificate_level_id, certificate_level_id),
    )
    if enrols_from is not None:
        statement = statement.where(TrainingProject.enrols_until >= enrols_from)
    return await page_of(session, statement, order=(TrainingProject.ends_on, TrainingProject.id), wish=wish)


async def describe_projects(
    session: AsyncSession, actor: Actor, projects: Sequence[TrainingProject], *, today: date
) -> list[TrainingProjectOut]:
    """Tell projects of one institution in one statement however many they are."""
    if not projects:
        return []
    values = {
        "institution_id": projects[0].institution_id,
        "ids": [project.id for project in projects],
        "person_id": actor.id,
    }
    named = {row.id: row for row in (await session.execute(_PROJECTS, values)).all()}
    return [_project(actor, project, named[project.id], today=today) for project in projects]


def _project(actor: Actor, it: TrainingProject, named: Any, *, today: date) -> TrainingProjectOut:  # noqa: ANN401 - a row
    is_in_line = named.own_enrolment_id is not None and not actor.roles & _ENROL_OTHERS
    return TrainingProjectOut(
        id=it.id,
        title=it.title,
        origin=TrainingOrigin(it.origin),
        organisation_id=it.organisation_id,
        organisation_name=named.organisation_name,
        certificate_level_id=it.certificate_level_id,
        certificate_name=named.certificate_name,
        level=named.level,
        scheme=it.scheme,
        document_number=it.document_number,
        mode=TrainingMode(it.mode),
        venue=it.venue,
        hours=it.hours,
        is_x_module=it.is_x_module,
        places=it.places,
        taken=it.taken,
        left=it.places - it.taken,
        waiting=named.waiting,
        concluded=named.concluded,
        enrols_until=it.enrols_until,
        starts_on=it.starts_on,
        ends_on=it.ends_on,
        state=TrainingProjectState(it.state),
        cancelled_because=it.cancelled_because,
        own_enrolment_id=named.own_enrolment_id,
        own_state=named.own_state,
        allowed_deeds=rules.deeds_on_project(
            actor, it, today=today, concluded=named.concluded, open_=named.open, is_in_line=is_in_line
        ),
    )


async def count_line(session: AsyncSession, project: TrainingProject) -> tuple[int, int]:
    """Count a project's participants without a result, and those with one."""
    states = TrainingEnrolment.state
    statement = select(
        func.count().filter(states == EnrolmentState.ENROLLED), func.count().filter(states == EnrolmentState.CONCLUDED)
    ).where(TrainingEnrolment.institution_id == project.institution_id, TrainingEnrolment.project_id == project.id)
    open_, concluded = (await session.execute(statement)).one()
    return open_, concluded


async def list_enrolments(
    session: AsyncSession,
    actor: Actor,
    *,
    project_id: UUID | None,
    teacher_id: UUID | None,
    college_id: UUID | None,
    state: EnrolmentState | None,
    wish: PageWish,
) -> tuple[Sequence[TrainingEnrolment], str | None]:
    """List visible enrolments in the order of each project's line."""
    statement = reach.filtered(
        reach.visible_enrolments(actor),
        (TrainingEnrolment.project_id, project_id),
        (TrainingEnrolment.teacher_id, teacher_id),
        (TrainingEnrolment.state, state),
    )
    statement = reach.of_college(statement, TrainingEnrolment.teacher_id, college_id)
    order = (TrainingEnrolment.project_id, TrainingEnrolment.number)
    return await page_of(session, statement, order=order, wish=wish)


async def describe_enrolments(
    session: AsyncSession, actor: Actor, enrolments: Sequence[TrainingEnrolment], *, today: date
) -> list[TrainingEnrolmentOut]:
    """Tell enrolments of one institution in one statement however many they are."""
    if not enrolments:
        return []
    values = {"institution_id": enrolments[0].institution_id, "ids": [each.id for each in enrolments]}
    named = {row.id: row for row in (await session.execute(_ENROLMENTS, values)).all()}
    return [_enrolment(actor, each, named[each.id], today=today) for each in enrolments]


def _enrolment(actor: Actor, it: TrainingEnrolment, named: Any, *, today: date) -> TrainingEnrolmentOut:  # noqa: ANN401 - a row
    return TrainingEnrolmentOut(
        id=it.id,
        project_id=it.project_id,
        project_title=named.title,
        starts_on=named.starts_on,
        ends_on=named.ends_on,
        hours=named.hours,
        is_x_module=named.is_x_module,
        teacher_id=it.teacher_id,
        staff_number=named.staff_number,
        teacher_name=named.teacher_name,
        college_id=named.college_id,
        college_name=named.college_name,
        number=it.number,
        ahead=named.ahead,
        state=EnrolmentState(it.state),
        hours_attended=it.hours_attended,
        result=None if it.result is None else TrainingResult(it.result),
        withdrawn_because=it.withdrawn_because,
        enrolled_at=it.enrolled_at,
        placed_at=it.placed_at,
        allowed_deeds=rules.deeds_on_enrolment(
            actor,
            it,
            today=today,
            starts_on=named.starts_on,
            ends_on=named.ends_on,
            is_own=named.person_id == actor.id,
            has_answered=named.has_answered,
        ),
    )


async def is_own_training(session: AsyncSession, actor: Actor, *, institution_id: UUID, teacher_id: UUID) -> bool:
    """Tell whether a teacher is the actor themself."""
    statement = select(Teacher.person_id).where(Teacher.institution_id == institution_id, Teacher.id == teacher_id)
    return await session.scalar(statement) == actor.id


async def list_enrollable(session: AsyncSession, actor: Actor, teacher_ids: Sequence[UUID]) -> Sequence[Teacher]:
    """Find which of some teachers the actor may enrol: active ones whom they see."""
    statement = registry.visible_teachers(actor).where(Teacher.id.in_(teacher_ids), Teacher.is_active.is_(True))
    return (await session.scalars(statement)).all()


async def list_in_line(session: AsyncSession, project: TrainingProject, teacher_ids: Sequence[UUID]) -> Sequence[UUID]:
    """Find which of some teachers stand in a project's line already."""
    statement = select(TrainingEnrolment.teacher_id).where(
        TrainingEnrolment.institution_id == project.institution_id,
        TrainingEnrolment.project_id == project.id,
        TrainingEnrolment.teacher_id.in_(teacher_ids),
        TrainingEnrolment.state != EnrolmentState.WITHDRAWN,
    )
    return (await session.scalars(statement)).all()


async def lock_enrolments(
    session: AsyncSession, project: TrainingProject, ids: Sequence[UUID]
) -> dict[UUID, TrainingEnrolment]:
    """Lock some of a project's enrolments in the order of its line; the project is locked already."""
    statement = (
        select(TrainingEnrolment)
        .where(
            TrainingEnrolment.institution_id == project.institution_id,
            TrainingEnrolment.project_id == project.id,
            TrainingEnrolment.id.in_(ids),
        )
        .order_by(TrainingEnrolment.number)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {found.id: found for found in (await session.scalars(statement)).all()}


async def tell_survey(session: AsyncSession, project: TrainingProject) -> TrainingSurveyOut:
    """Tell what participants said of a project, with numerators and denominators and without names."""
    of_project = (
        TrainingSurveyAnswer.institution_id == project.institution_id,
        TrainingSurveyAnswer.project_id == project.id,
    )
    sums = [func.coalesce(func.sum(getattr(TrainingSurveyAnswer, name)), 0).cast(BigInteger) for name in RATINGS]
    answers, *totals = (await session.execute(select(func.count(), *sums).where(*of_project))).one()
    participants = await session.scalar(
        select(func.count()).where(
            and_(
                TrainingEnrolment.institution_id == project.institution_id,
                TrainingEnrolment.project_id == project.id,
                TrainingEnrolment.state == EnrolmentState.CONCLUDED,
                TrainingEnrolment.result != TrainingResult.ABSENT,
            )
        )
    )
    # Sorted by their words, so that the order tells nobody who was first.
    comments = await session.scalars(
        select(TrainingSurveyAnswer.comment)
        .where(*of_project, TrainingSurveyAnswer.comment.is_not(None))
        .order_by(TrainingSurveyAnswer.comment)
        .limit(200)
    )
    return TrainingSurveyOut(
        project_id=project.id,
        participants=participants or 0,
        answers=answers,
        response_percent=rules.percent(answers, participants or 0),
        ratings=[
            TrainingRatingOut(question=name, sum=total, answers=answers, mean=rules.mean(total, answers))
            for name, total in zip(RATINGS, totals, strict=True)
        ],
        comments=[comment for comment in comments.all() if comment is not None],
    )

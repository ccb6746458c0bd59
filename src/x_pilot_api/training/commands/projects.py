"""Offering projects: drafting, publishing, changing their places, closing and cancelling them."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes, db, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.identity import queries as identity
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.training import queries, rules
from x_pilot_api.training.commands import placing
from x_pilot_api.training.errors import TrainingOrganisationUnfit
from x_pilot_api.training.models import TrainingProject
from x_pilot_api.training.schemas import TrainingProjectIn

# Who waits for a project that is over, or has a place in one that is not held, is let go with the reason.
_LET_GO = text("""
UPDATE training_enrolments SET state = 'withdrawn', withdrawn_because = :reason
WHERE institution_id = :institution_id AND project_id = :project_id AND state = ANY (CAST(:states AS text[]))
""")

_CANCELLED = """
SELECT teacher.person_id, CAST(:project_id AS uuid) AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('title', project.title, 'starts_on', project.starts_on, 'ends_on', project.ends_on,
        'reason', CAST(:reason AS text)) AS figures
FROM training_enrolments AS enrolment
JOIN training_projects AS project ON project.institution_id = enrolment.institution_id
    AND project.id = enrolment.project_id
JOIN teachers AS teacher ON teacher.institution_id = enrolment.institution_id AND teacher.id = enrolment.teacher_id
JOIN people AS person ON person.id = teacher.person_id AND person.disabled_at IS NULL
WHERE enrolment.institution_id = :institution_id AND enrolment.project_id = :project_id
    AND enrolment.state IN ('waiting', 'enrolled')
"""


async def draft_project(session: AsyncSession, actor: Actor, *, wish: TrainingProjectIn) -> TrainingProject:
    """Write a project down; nobody but the office sees it yet."""
    institution_id = actor.own_institution()
    await _check_organisation(session, wish)
    project = TrainingProject(
        institution_id=institution_id,
        state=rules.PROJECT.initial,
        taken=0,
        lined_up=0,
        drafted_by=actor.id,
        **wish.model_dump(),
    )
    session.add(project)
    await session.flush()
    await _record(session, actor, "draft_training_project", project, before=None)
    return project


async def change_project(
    session: AsyncSession,
    actor: Actor,
    *,
    project_id: UUID,
    wish: TrainingProjectIn,
    if_match: str | None,
    today: date,
) -> TrainingProject:
    """Write a draft anew, as it was read; what is published does not change."""
    project = await queries.get_project(session, actor, project_id, lock=True)
    (told,) = await queries.describe_projects(session, actor, [project], today=today)
    etags.check(told, if_match=if_match)
    project.state = rules.PROJECT.target_of("change", state=project.state)
    await _check_organisation(session, wish)
    before = _standing(project)
    for name, value in wish.model_dump().items():
        setattr(project, name, value)
    await session.flush()
    await _record(session, actor, "change_training_project", project, before=before)
    return project


async def publish_project(session: AsyncSession, actor: Actor, *, project_id: UUID, today: date) -> TrainingProject:
    """Offer a project to every teacher of the institution until its deadline."""
    project = await queries.get_project(session, actor, project_id, lock=True)
    target = rules.PROJECT.target_of("publish", state=project.state)
    rules.check_enrolling(project, today=today)
    before = _standing(project)
    project.state = target
    await session.flush()
    await _record(session, actor, "publish_training_project", project, before=before)
    return project


async def change_places(
    session: AsyncSession, actor: Actor, *, project_id: UUID, places: int, today: date
) -> TrainingProject:
    """Change the number of places, never below those held; who has waited longest gets what is added."""
    project = await queries.get_project(session, actor, project_id, lock=True)
    target = rules.PROJECT.target_of("change_places", state=project.state)
    rules.check_places(project, places, today=today)
    before = _standing(project)
    project.state, project.places = target, places
    await session.flush()
    await placing.give_places(session, actor, project)
    await _record(session, actor, "change_training_places", project, before=before)
    return project


async def close_project(session: AsyncSession, actor: Actor, *, project_id: UUID, today: date) -> TrainingProject:
    """Close a project whose participants all have a result; who still waits is let go."""
    project = await queries.get_project(session, actor, project_id, lock=True)
    target = rules.PROJECT.target_of("close", state=project.state)
    open_, _ = await queries.count_line(session, project)
    rules.check_closing(project, open_=open_, today=today)
    before = _standing(project)
    project.state = target
    await session.flush()
    let_go = await _let_go(session, project, states=["waiting"], reason="无空余名额")
    await _record(session, actor, "close_training_project", project, before=before, let_go=let_go)
    return project


async def cancel_project(session: AsyncSession, actor: Actor, *, project_id: UUID, reason: str) -> TrainingProject:
    """Cancel a project that has no result; everybody in its line is told."""
    project = await queries.get_project(session, actor, project_id, lock=True)
    target = rules.PROJECT.target_of("cancel", state=project.state)
    _, concluded = await queries.count_line(session, project)
    rules.check_cancelling(concluded=concluded)
    before = _standing(project)
    await inbox.send(
        session,
        rules.TRAINING_CANCELLED,
        institution_id=project.institution_id,
        object_kind=rules.PROJECT_KIND,
        wishes=_CANCELLED,
        values={"project_id": project.id, "reason": reason},
    )
    project.state, project.cancelled_because, project.taken = target, reason, 0
    await session.flush()
    let_go = await _let_go(session, project, states=["waiting", "enrolled"], reason=reason)
    await _record(session, actor, "cancel_training_project", project, before=before, let_go=let_go)
    return project


async def _let_go(session: AsyncSession, project: TrainingProject, *, states: list[str], reason: str) -> int:
    values = {"institution_id": project.institution_id, "project_id": project.id, "reason": reason, "states": states}
    return await db.write(session, _LET_GO, values)


async def _check_organisation(session: AsyncSession, wish: TrainingProjectIn) -> None:
    """Refuse a level or an organisation that is not there, or a level of another organisation's certificate."""
    if wish.organisation_id is not None:
        await identity.get_organisation(session, wish.organisation_id)
    if wish.certificate_level_id is None:
        return
    level = await certificates.get_level(session, wish.certificate_level_id)
    if wish.organisation_id is not None and level.organisation_id != wish.organisation_id:
        raise TrainingOrganisationUnfit


def _standing(project: TrainingProject) -> audit.State:
    return changes.fields_of(
        project,
        "state", "title", "hours", "is_x_module", "places", "taken", "enrols_until", "starts_on", "ends_on",
    )  # fmt: skip


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    project: TrainingProject,
    *,
    before: audit.State | None,
    let_go: int = 0,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=project.institution_id,
        object_kind=rules.PROJECT_KIND,
        object_id=project.id,
        detail={"let_go": let_go},
        before=before,
        after=_standing(project),
    )

"""Giving the places that are free to those who have waited longest, and telling them."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.training import rules
from x_pilot_api.training.models import TrainingProject

# The project is locked, so nobody else gives the same places away.
_GIVE = text("""
UPDATE training_enrolments SET state = 'enrolled', placed_at = :now
WHERE institution_id = :institution_id AND id IN (
    SELECT id FROM training_enrolments
    WHERE institution_id = :institution_id AND project_id = :project_id AND state = 'waiting'
    ORDER BY number LIMIT :free
)
RETURNING id
""")

_PLACED = """
SELECT teacher.person_id, CAST(:project_id AS uuid) AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('title', project.title, 'starts_on', project.starts_on, 'ends_on', project.ends_on) AS figures
FROM training_enrolments AS enrolment
JOIN training_projects AS project ON project.institution_id = enrolment.institution_id
    AND project.id = enrolment.project_id
JOIN teachers AS teacher ON teacher.institution_id = enrolment.institution_id AND teacher.id = enrolment.teacher_id
JOIN people AS person ON person.id = teacher.person_id AND person.disabled_at IS NULL
WHERE enrolment.institution_id = :institution_id AND enrolment.id = ANY (CAST(:ids AS uuid[]))
"""


async def give_places(session: AsyncSession, actor: Actor, project: TrainingProject) -> int:
    """Give a locked project's free places to the first who wait; each is told in the inbox."""
    free = project.places - project.taken
    if free <= 0:
        return 0
    whose = {"institution_id": project.institution_id, "project_id": project.id}
    placed = (await session.scalars(_GIVE, whose | {"free": free, "now": clock.now()})).all()
    if not placed:
        return 0
    project.taken += len(placed)
    await session.flush()
    await audit.record_each(
        session,
        actor,
        "place_training_enrolment",
        institution_id=project.institution_id,
        object_kind=rules.ENROLMENT_KIND,
        objects=dict.fromkeys(placed, audit.Told({"project_id": str(project.id)})),
    )
    await inbox.send(
        session,
        rules.PLACE_FREED,
        institution_id=project.institution_id,
        object_kind=rules.PROJECT_KIND,
        wishes=_PLACED,
        values={"project_id": project.id, "ids": list(placed)},
    )
    return len(placed)

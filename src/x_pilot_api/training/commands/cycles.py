"""Loading what a cycle takes, and opening cycles, many teachers' by one statement."""

from datetime import date

from sqlalchemy import ARRAY, Date, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.identity import queries as identity
from x_pilot_api.registry import queries as registry
from x_pilot_api.training import queries, rules
from x_pilot_api.training.errors import TrainingRequirementMissing
from x_pilot_api.training.models import CYCLE_YEARS, TrainingRequirement
from x_pilot_api.training.schemas import TrainingCyclesIn, TrainingCyclesOpenedOut, TrainingRequirementIn

_ELIGIBLE = """
FROM teachers AS teacher
WHERE teacher.institution_id = :institution_id AND teacher.college_id = :college_id AND teacher.is_active
    AND (CAST(:teacher_ids AS uuid[]) IS NULL OR teacher.id = ANY (:teacher_ids))
"""
_IDS = bindparam("teacher_ids", type_=ARRAY(Uuid))
_COUNT = text(f"SELECT count(*) {_ELIGIBLE}").bindparams(_IDS)

# Who is in a cycle that overlaps keeps it: the exclusion constraint passes them over, under any concurrency.
_OPEN = text(f"""
INSERT INTO training_cycles (institution_id, teacher_id, begins_on, ends_on, opened_by)
SELECT teacher.institution_id, teacher.id, :begins_on, :ends_on, :opened_by
{_ELIGIBLE}
ORDER BY teacher.id
ON CONFLICT DO NOTHING
RETURNING id
""").bindparams(_IDS, bindparam("begins_on", type_=Date), bindparam("ends_on", type_=Date))

_END = text(f"SELECT (CAST(:begins_on AS date) + interval '{CYCLE_YEARS} years' - interval '1 day')::date").bindparams(
    bindparam("begins_on", type_=Date)
)


async def load_requirement(session: AsyncSession, actor: Actor, *, wish: TrainingRequirementIn) -> TrainingRequirement:
    """Load the next version of what a cycle takes; cycles whose first day it covers are judged by it."""
    institution_id = actor.own_institution()
    await identity.lock_institution(session, institution_id)
    latest = await queries.find_latest_requirement(session, institution_id)
    requirement = TrainingRequirement(
        institution_id=institution_id,
        version=1 if latest is None else latest.version + 1,
        loaded_by=actor.id,
        **wish.model_dump(),
    )
    session.add(requirement)
    await session.flush()
    await session.refresh(requirement)
    await audit.record(
        session,
        actor,
        "load_training_requirement",
        institution_id=requirement.institution_id,
        object_kind=rules.REQUIREMENT_KIND,
        object_id=requirement.id,
        detail=wish.model_dump(mode="json") | {"version": requirement.version},
    )
    return requirement


async def open_cycles(session: AsyncSession, actor: Actor, *, wish: TrainingCyclesIn) -> TrainingCyclesOpenedOut:
    """Open a cycle for each active teacher of a college, or for some of them; nobody is ever in two at a time."""
    college = await registry.get_own_college(session, actor, wish.college_id)
    if await queries.find_requirement_on(session, college.institution_id, wish.begins_on) is None:
        raise TrainingRequirementMissing(day=wish.begins_on.isoformat())
    whose = {
        "institution_id": college.institution_id,
        "college_id": college.id,
        "teacher_ids": None if wish.teacher_ids is None else list(set(wish.teacher_ids)),
    }
    eligible = int(await session.scalar(_COUNT, whose) or 0)
    if wish.teacher_ids is not None and eligible < len(set(wish.teacher_ids)):
        raise NotFound(what="teacher", zh="教师")
    ends_on: date = (await session.scalars(_END, {"begins_on": wish.begins_on})).one()
    days = {"begins_on": wish.begins_on, "ends_on": ends_on}
    opened = (await session.scalars(_OPEN, whose | days | {"opened_by": actor.id})).all()
    await audit.record_each(
        session,
        actor,
        "open_training_cycle",
        institution_id=college.institution_id,
        object_kind=rules.CYCLE_KIND,
        objects=dict.fromkeys(opened, audit.Told({name: day.isoformat() for name, day in days.items()})),
    )
    return TrainingCyclesOpenedOut(opened=len(opened), kept=eligible - len(opened), **days)

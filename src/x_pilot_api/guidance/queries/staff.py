"""Finding the staff of an institution: who can own something, and who administers certificates."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, id_after, token_after
from x_pilot_api.guidance.schemas.outreach import AdministratorCoverageOut, GuidancePersonOut, TrainingCoverageOut
from x_pilot_api.identity.models import Role

# A teacher belongs to the college the register says; a coordinator of one programme to its college.
_STAFF = """
SELECT held.person_id, person.name, held.role, coalesce(held.college_id, programme.college_id, teacher.college_id)
    AS college_id
FROM memberships AS held
JOIN people AS person ON person.id = held.person_id AND person.disabled_at IS NULL
LEFT JOIN programmes AS programme ON programme.institution_id = held.institution_id
    AND programme.id = held.programme_id AND held.role = 'coordinator'
LEFT JOIN teachers AS teacher ON teacher.institution_id = held.institution_id AND teacher.person_id = held.person_id
    AND teacher.is_active AND held.role = 'teacher'
WHERE held.institution_id = :institution_id AND held.role IN ('registrar', 'coordinator', 'teacher')
"""

_CAN_OWN = text(f"""
SELECT EXISTS (SELECT FROM ({_STAFF}) AS staff WHERE staff.person_id = :person_id
    AND (staff.role = 'registrar'
        OR (staff.role = 'coordinator' AND (staff.college_id = CAST(:college_id AS uuid) OR :college_id IS NULL))
        OR (staff.role = 'teacher' AND :with_teachers AND staff.college_id = CAST(:college_id AS uuid))))
""").bindparams(bindparam("college_id", type_=Uuid))

_LIST = text(f"""
SELECT staff.person_id, staff.name, array_agg(DISTINCT staff.role ORDER BY staff.role) AS roles,
    coalesce(array_agg(DISTINCT college.name) FILTER (WHERE college.id IS NOT NULL), '{{}}') AS college_names
FROM ({_STAFF}) AS staff
LEFT JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = staff.college_id
WHERE staff.person_id > :after
    AND (:whole OR staff.role = 'registrar' OR staff.college_id = ANY(:college_ids))
    AND (CAST(:college_id AS uuid) IS NULL OR staff.role = 'registrar'
        OR staff.college_id = CAST(:college_id AS uuid))
    AND (:with_teachers OR staff.role <> 'teacher')
GROUP BY staff.person_id, staff.name ORDER BY staff.person_id LIMIT :size
""").bindparams(bindparam("college_ids", type_=ARRAY(Uuid)), bindparam("college_id", type_=Uuid))

_AMONG = text(f"SELECT DISTINCT staff.person_id FROM ({_STAFF}) AS staff WHERE staff.person_id = ANY(:ids)").bindparams(
    bindparam("ids", type_=ARRAY(Uuid))
)

# One who administers for two colleges counts once in each of them, and once in the whole.
_COVERAGE = text(f"""
WITH administrators AS (
    SELECT DISTINCT staff.person_id, staff.college_id FROM ({_STAFF}) AS staff
    WHERE staff.role = 'coordinator' AND (:whole OR staff.college_id = ANY(:college_ids))
), trained AS (
    SELECT DISTINCT part.person_id FROM administrator_training_people AS part
    JOIN administrator_trainings AS training ON training.institution_id = part.institution_id
        AND training.id = part.training_id
    WHERE part.institution_id = :institution_id AND part.took_part
        AND training.held_on >= make_date(CAST(:year AS int), 1, 1)
        AND training.held_on < make_date(CAST(:year AS int) + 1, 1, 1)
)
SELECT NULL::uuid AS college_id, NULL::text AS college_name, NULL::text AS code,
    count(DISTINCT one.person_id) FILTER (WHERE trained.person_id IS NOT NULL) AS trained,
    count(DISTINCT one.person_id) AS administrators
FROM administrators AS one LEFT JOIN trained ON trained.person_id = one.person_id
UNION ALL
SELECT college.id, college.name, college.code, count(trained.person_id), count(one.person_id)
FROM colleges AS college
LEFT JOIN administrators AS one ON one.college_id = college.id
LEFT JOIN trained ON trained.person_id = one.person_id
WHERE college.institution_id = :institution_id AND (:whole OR college.id = ANY(:college_ids))
GROUP BY college.id, college.name, college.code
ORDER BY code NULLS FIRST
""").bindparams(bindparam("college_ids", type_=ARRAY(Uuid)))

_OFFICES = frozenset({Role.REGISTRAR, Role.AUDITOR})


def _bounds(actor: Actor) -> dict[str, object]:
    return {
        "institution_id": actor.institution_id,
        "whole": bool(actor.roles & _OFFICES),
        "college_ids": list(actor.college_ids),
    }


async def can_own(
    session: AsyncSession, *, institution_id: UUID, person_id: UUID, college_id: UUID | None, with_teachers: bool
) -> bool:
    """Tell whether a person can be given something of a college, or of the office where there is none."""
    values = {
        "institution_id": institution_id,
        "person_id": person_id,
        "college_id": college_id,
        "with_teachers": with_teachers,
    }
    return bool((await session.execute(_CAN_OWN, values)).scalar_one())


async def list_people(
    session: AsyncSession, actor: Actor, *, college_id: UUID | None, with_teachers: bool, wish: PageWish
) -> tuple[list[GuidancePersonOut], str | None]:
    """List the staff somebody can be chosen from: the office's, and of the colleges that the actor acts for."""
    values = _bounds(actor) | {
        "after": id_after(wish),
        "college_id": college_id,
        "with_teachers": with_teachers,
        "size": wish.size + 1,
    }
    rows = (await session.execute(_LIST, values)).all()
    told = [GuidancePersonOut.model_validate(row, from_attributes=True) for row in rows[: wish.size]]
    return told, token_after(str(told[-1].person_id)) if len(rows) > wish.size else None


async def list_strangers(session: AsyncSession, *, institution_id: UUID, ids: Collection[UUID]) -> list[UUID]:
    """List which of some persons are not of the staff."""
    found = await session.scalars(_AMONG, {"institution_id": institution_id, "ids": list(ids)})
    return sorted(set(ids) - set(found.all()))


async def tell_coverage(session: AsyncSession, actor: Actor, *, year: int) -> TrainingCoverageOut:
    """Count how many certificate administrators took part in a training of the year, as a whole and by college."""
    rows = (await session.execute(_COVERAGE, _bounds(actor) | {"year": year})).all()
    told = [AdministratorCoverageOut.model_validate(row, from_attributes=True) for row in rows]
    return TrainingCoverageOut(year=year, whole=told[0], colleges=told[1:])

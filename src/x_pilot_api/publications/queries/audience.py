"""Whom a bulletin is for: one statement says it, of a draft and of what is published, for one person and for all."""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, id_after, token_after
from x_pilot_api.publications.models import AudienceRole, Bulletin
from x_pilot_api.publications.schemas.bulletins import (
    BulletinReachOut,
    BulletinReaderOut,
    DraftReachOut,
    ReachPartOut,
)

# Who holds which role where: a student's place is their programme, a teacher's and a coordinator's their college.
_PLACES = """
SELECT member.person_id, member.role, programme.id AS programme_id,
    coalesce(member.college_id, programme.college_id, teacher.college_id) AS college_id
FROM memberships AS member
JOIN people AS person ON person.id = member.person_id AND person.disabled_at IS NULL
LEFT JOIN students AS student ON student.institution_id = member.institution_id AND student.id = member.student_id
LEFT JOIN programmes AS programme ON programme.institution_id = member.institution_id
    AND programme.id = coalesce(student.programme_id, member.programme_id)
LEFT JOIN teachers AS teacher ON member.role = 'teacher' AND teacher.institution_id = member.institution_id
    AND teacher.person_id = member.person_id
WHERE member.institution_id = :institution_id
    AND (member.role <> 'student' OR student.status IN ('enrolled', 'suspended'))
"""
_MEETS = """
(part.role IS NULL OR part.role = place.role)
    AND (part.college_id IS NULL OR part.college_id = place.college_id)
    AND (part.programme_id IS NULL OR part.programme_id = place.programme_id)
"""
_PUBLISHED = """
SELECT bulletin_id, role, college_id, programme_id FROM bulletin_audiences WHERE institution_id = :institution_id
"""
_DRAFTED = """
SELECT role, college_id, programme_id
FROM jsonb_to_recordset(CAST(:audience AS jsonb)) AS given (role text, college_id uuid, programme_id uuid)
"""

_MINE = f"""
SELECT DISTINCT part.bulletin_id AS id FROM ({_PUBLISHED}) AS part
JOIN ({_PLACES} AND member.person_id = :person_id) AS place ON {_MEETS}
"""

_REACH = text(f"""
SELECT met.bulletin_id, count(*) AS addressed, count(receipt.person_id) AS read
FROM (
    SELECT DISTINCT part.bulletin_id, place.person_id
    FROM ({_PUBLISHED} AND bulletin_id = ANY (:ids)) AS part JOIN ({_PLACES}) AS place ON {_MEETS}
) AS met
LEFT JOIN bulletin_receipts AS receipt ON receipt.institution_id = :institution_id
    AND receipt.bulletin_id = met.bulletin_id AND receipt.person_id = met.person_id
GROUP BY met.bulletin_id
""").bindparams(bindparam("ids", type_=ARRAY(Uuid)))

_READERS = text(f"""
SELECT met.person_id, person.name, met.roles, met.college_names, receipt.read_at
FROM (
    SELECT place.person_id, array_agg(DISTINCT place.role ORDER BY place.role) AS roles,
        coalesce(array_agg(DISTINCT college.name) FILTER (WHERE college.name IS NOT NULL), '{{}}') AS college_names
    FROM ({_PUBLISHED} AND bulletin_id = :bulletin_id) AS part JOIN ({_PLACES}) AS place ON {_MEETS}
    LEFT JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = place.college_id
    GROUP BY place.person_id
) AS met
JOIN people AS person ON person.id = met.person_id
LEFT JOIN bulletin_receipts AS receipt ON receipt.institution_id = :institution_id
    AND receipt.bulletin_id = :bulletin_id AND receipt.person_id = met.person_id
WHERE met.person_id > :after AND (CAST(:is_read AS boolean) IS NULL OR (receipt.read_at IS NOT NULL) = :is_read)
ORDER BY met.person_id LIMIT :size
""")

_COUNTED = f"""
FROM ({_DRAFTED}) AS part JOIN ({_PLACES}) AS place ON {_MEETS}
LEFT JOIN colleges AS college ON college.institution_id = :institution_id AND college.id = place.college_id
"""
_DRAFT_PEOPLE = text(f"SELECT count(DISTINCT place.person_id) {_COUNTED}")
_DRAFT_PARTS = text(f"""
SELECT place.role, place.college_id, college.name AS college_name, count(DISTINCT place.person_id) AS people {_COUNTED}
GROUP BY place.role, place.college_id, college.name, college.code ORDER BY place.role, college.code NULLS FIRST
""")


def addressed_to(actor: Actor) -> ColumnElement[bool]:
    """Say of bulletins of the actor's institution that they are for the actor, by any role of theirs."""
    mine = text(_MINE).bindparams(institution_id=actor.institution_id, person_id=actor.id).columns(id=Uuid)
    return Bulletin.id.in_(select(mine.subquery("mine").c.id))


async def count_reach(session: AsyncSession, bulletins: Sequence[Bulletin]) -> Mapping[UUID, BulletinReachOut]:
    """Count whom bulletins of one institution are for today, and how many of those have read them."""
    if not bulletins:
        return {}
    values = {"institution_id": bulletins[0].institution_id, "ids": [bulletin.id for bulletin in bulletins]}
    found = {
        row.bulletin_id: BulletinReachOut(addressed=row.addressed, read=row.read)
        for row in (await session.execute(_REACH, values)).all()
    }
    return {bulletin.id: found.get(bulletin.id, BulletinReachOut(addressed=0, read=0)) for bulletin in bulletins}


async def list_readers(
    session: AsyncSession, bulletin: Bulletin, *, is_read: bool | None, wish: PageWish
) -> tuple[list[BulletinReaderOut], str | None]:
    """List those a bulletin is for, and when each read it."""
    values = {
        "institution_id": bulletin.institution_id,
        "bulletin_id": bulletin.id,
        "is_read": is_read,
        "after": id_after(wish),
        "size": wish.size + 1,
    }
    rows = (await session.execute(_READERS, values)).all()
    shown = rows[: wish.size]
    told = [BulletinReaderOut.model_validate(row, from_attributes=True) for row in shown]
    return told, token_after(str(shown[-1].person_id)) if len(rows) > wish.size else None


async def preview_reach(
    session: AsyncSession, institution_id: UUID, audience: Sequence[Mapping[str, str | None]]
) -> DraftReachOut:
    """Count whom an audience would reach now, in all and by role and college."""
    values = {"institution_id": institution_id, "audience": json.dumps([dict(part) for part in audience])}
    people = (await session.execute(_DRAFT_PEOPLE, values)).scalar_one()
    parts = (await session.execute(_DRAFT_PARTS, values)).all()
    return DraftReachOut(
        people=people,
        parts=[
            ReachPartOut(
                role=AudienceRole(row.role), college_id=row.college_id, college_name=row.college_name, people=row.people
            )
            for row in parts
        ],
    )

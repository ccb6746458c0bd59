"""Whose space it is, who they are, and what certificates they hold."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.student_space.schemas import OwnAwardOut, OwnStudentOut

LISTED_MAX = 200
"""Far more than one person comes to; a bound all the same."""


@dataclass(frozen=True)
class Own:
    """Whose space it is: one student of the institution that the caller acts in."""

    institution_id: UUID
    student_id: UUID

    def bound(self, ids: Collection[UUID] | None = None) -> dict[str, object]:
        """Bind a question to what is one's own, and to some of it."""
        return {
            "institution_id": self.institution_id,
            "student_id": self.student_id,
            "ids": None if ids is None else list(ids),
            "size": LISTED_MAX,
        }


def own_of(actor: Actor) -> Own:
    """Tell whose space an actor has; who is no student has none."""
    if actor.institution_id is None or actor.student_id is None:
        raise NotFound(what="student", zh="学生")
    return Own(actor.institution_id, actor.student_id)


_STUDENT = text("""
SELECT student.id, student.student_number, student.name, programme.name AS programme_name, student.class_name,
    student.entry_year, student.status
FROM students AS student
JOIN programmes AS programme ON programme.institution_id = student.institution_id
    AND programme.id = student.programme_id
WHERE student.institution_id = :institution_id AND student.id = :student_id
""")

_AWARDS = text("""
SELECT award.id, award.certificate_level_id, certificate.name AS certificate_name, level.level,
    organisation.name AS organisation_name, award.number, award.verification_code,
    '/v/' || award.verification_code AS verify_path, award.issued_on, award.state, award.revoked_at,
    award.revoked_reason
FROM awards AS award
JOIN certificate_levels AS level ON level.id = award.certificate_level_id
JOIN certificates AS certificate ON certificate.id = level.certificate_id
JOIN organisations AS organisation ON organisation.id = certificate.organisation_id
WHERE award.institution_id = :institution_id AND award.student_id = :student_id
    AND (CAST(:ids AS uuid[]) IS NULL OR award.id = ANY(CAST(:ids AS uuid[])))
ORDER BY award.issued_on DESC, award.id DESC LIMIT :size
""")


async def get_student(session: AsyncSession, own: Own) -> OwnStudentOut:
    """Read who the student is."""
    values = {"institution_id": own.institution_id, "student_id": own.student_id}
    row = (await session.execute(_STUDENT, values)).one_or_none()
    if row is None:
        raise NotFound(what="student", zh="学生")
    return OwnStudentOut.model_validate(row, from_attributes=True)


async def list_awards(session: AsyncSession, own: Own, *, ids: Collection[UUID] | None = None) -> list[OwnAwardOut]:
    """List the student's certificates, the newest first; revoked ones say why."""
    rows = await session.execute(_AWARDS, own.bound(ids))
    return [OwnAwardOut.model_validate(row, from_attributes=True) for row in rows]

"""Finding issued certificates."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, false, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards.models import Award
from x_pilot_api.certificates.models import Certificate, CertificateLevel
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Institution, Organisation
from x_pilot_api.registry import queries as registry

_verified = (
    select(
        Award.verification_code,
        Award.number,
        Award.holder_name,
        Award.issued_on,
        Award.state,
        Award.revoked_at,
        Certificate.name.label("certificate_name"),
        CertificateLevel.level,
        Organisation.name.label("organisation_name"),
        Institution.name.label("institution_name"),
        Institution.is_test,
    )
    .join(Institution, Institution.id == Award.institution_id)
    .join(CertificateLevel, CertificateLevel.id == Award.certificate_level_id)
    .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
    .join(Organisation, Organisation.id == Certificate.organisation_id)
    .where(Institution.code == bindparam("institution_code"), Award.verification_code == bindparam("code"))
)


def awards_visible_to(actor: Actor) -> Select[Award]:
    """Select what an actor may see: an organisation its own, an institution its own, a student theirs."""
    if actor.organisation_id is not None:
        own = (
            select(CertificateLevel.id)
            .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
            .where(Certificate.organisation_id == actor.organisation_id)
        )
        return select(Award).where(Award.certificate_level_id.in_(own))
    if actor.institution_id is None:
        return select(Award).where(false())
    within = select(Award).where(Award.institution_id == actor.institution_id)
    if actor.college_ids or actor.student_id is not None:
        students = registry.visible_students(actor).subquery()
        return within.where(Award.student_id.in_(select(students.c.id)))
    return within


async def list_awards(
    session: AsyncSession,
    actor: Actor,
    *,
    student_id: UUID | None,
    certificate_level_id: UUID | None,
    state: str | None,
    wish: PageWish,
) -> tuple[Sequence[Award], str | None]:
    """List visible certificates, oldest first."""
    statement = awards_visible_to(actor)
    for column, value in (
        (Award.student_id, student_id),
        (Award.certificate_level_id, certificate_level_id),
        (Award.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    return await page_of(session, statement, order=(Award.id,), wish=wish)


async def describe_levels(
    session: AsyncSession, level_ids: Sequence[UUID]
) -> dict[UUID, Row[UUID, str, UUID, str, UUID]]:
    """Read the certificate behind each level: level id, level, certificate id, its name, its organisation."""
    statement = (
        select(
            CertificateLevel.id,
            CertificateLevel.level,
            Certificate.id.label("certificate_id"),
            Certificate.name,
            Certificate.organisation_id,
        )
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .where(CertificateLevel.id.in_(set(level_ids)))
    )
    return {row.id: row for row in (await session.execute(statement)).all()}


async def find_verified(
    session: AsyncSession, code: str
) -> Row[str, str, str, date, str, datetime | None, str, str, str, str, bool] | None:
    """Find what the public may know of the certificate behind a code."""
    institution_code, _, _ = code.partition("-")
    found = await session.execute(_verified, {"institution_code": institution_code, "code": code})
    return found.one_or_none()


# An award that never changed is valid; of several changes the one recorded last counts.
_STANDING_WRONG = text("""
SELECT award.id FROM awards AS award
LEFT JOIN (
    SELECT DISTINCT ON (award_id) award_id, state, reason, changed_at FROM award_changes
    WHERE institution_id = :institution_id ORDER BY award_id, recorded_at DESC, id DESC
) AS last ON last.award_id = award.id
WHERE award.institution_id = :institution_id AND (
    award.state <> coalesce(last.state, 'valid')
    OR award.state = 'revoked'
        AND (award.revoked_reason, award.revoked_at) IS DISTINCT FROM (last.reason, last.changed_at))
ORDER BY award.id LIMIT 100
""")


async def list_standing_wrong(session: AsyncSession, institution_id: UUID) -> Sequence[UUID]:
    """List awards that stand otherwise than their changes say; each change has a row that never changes."""
    return (await session.scalars(_STANDING_WRONG, {"institution_id": institution_id})).all()

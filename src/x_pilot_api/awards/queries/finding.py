"""Finding issued certificates."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, Select, false, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards.models import Award
from x_pilot_api.certificates.models import Certificate, CertificateLevel
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.registry import queries as registry


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


async def get_award(session: AsyncSession, actor: Actor, award_id: UUID, *, lock: bool = False) -> Award:
    """Read one certificate the actor may see."""
    statement = awards_visible_to(actor).where(Award.id == award_id)
    if lock:
        statement = statement.with_for_update(key_share=True, of=Award).execution_options(populate_existing=True)
    return await lookups.get_one(session, statement, what="certificate", zh="证书")


# An award that never changed is valid; of several changes the one recorded last counts.
_STANDING_WRONG = text("""
SELECT award.id FROM awards AS award
LEFT JOIN (
    SELECT DISTINCT ON (award_id) award_id, state, reason, changed_at FROM award_changes
    WHERE institution_id = :institution_id ORDER BY award_id, recorded_at DESC, id DESC
) AS last ON last.award_id = award.id
LEFT JOIN (
    SELECT DISTINCT ON (award_id) award_id, state FROM award_print_changes
    WHERE institution_id = :institution_id ORDER BY award_id, recorded_at DESC, id DESC
) AS paper ON paper.award_id = award.id
WHERE award.institution_id = :institution_id AND (
    award.state <> coalesce(last.state, 'valid')
    OR award.state = 'revoked'
        AND (award.revoked_reason, award.revoked_at) IS DISTINCT FROM (last.reason, last.changed_at)
    OR award.print_state <> coalesce(paper.state, 'to_print')
    OR award.copies <> (SELECT count(*) FROM award_copies AS copy
        WHERE copy.institution_id = award.institution_id AND copy.award_id = award.id))
ORDER BY award.id LIMIT 100
""")


async def list_standing_wrong(session: AsyncSession, institution_id: UUID) -> Sequence[UUID]:
    """List awards that stand otherwise than their changes say; each change has a row that never changes."""
    return (await session.scalars(_STANDING_WRONG, {"institution_id": institution_id})).all()

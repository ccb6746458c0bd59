"""The certificates that teachers hold themselves."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.registry import queries as registry
from x_pilot_api.training import queries, rules
from x_pilot_api.training.errors import TeacherCertificateExists
from x_pilot_api.training.models import TeacherCertificate
from x_pilot_api.training.schemas import TeacherCertificateIn


async def record_teacher_certificate(
    session: AsyncSession, actor: Actor, *, wish: TeacherCertificateIn
) -> TeacherCertificate:
    """Put a certificate of a teacher on record."""
    teacher = await registry.get_teacher(session, actor, wish.teacher_id)
    if wish.certificate_level_id is not None:
        await certificates.get_level(session, wish.certificate_level_id)
    made = await session.scalars(
        insert(TeacherCertificate)
        .values(institution_id=teacher.institution_id, recorded_by=actor.id, **wish.model_dump())
        .on_conflict_do_nothing(constraint="teacher_certificates_each_once_key")
        .returning(TeacherCertificate)
    )
    certificate = made.one_or_none()
    if certificate is None:
        raise TeacherCertificateExists(number=wish.certificate_number)
    await _record(session, actor, "record_teacher_certificate", certificate, is_there=True)
    return certificate


async def remove_teacher_certificate(session: AsyncSession, actor: Actor, *, certificate_id: UUID) -> None:
    """Take a certificate off a teacher's record; the audit keeps what it said."""
    certificate = await queries.get_teacher_certificate(session, actor, certificate_id, lock=True)
    await session.delete(certificate)
    await session.flush()
    await _record(session, actor, "remove_teacher_certificate", certificate, is_there=False)


async def _record(
    session: AsyncSession, actor: Actor, deed: str, certificate: TeacherCertificate, *, is_there: bool
) -> None:
    said = changes.fields_of(certificate, "teacher_id", "certificate_level_id", "name", "issued_on", "expires_on")
    await audit.record(
        session,
        actor,
        deed,
        institution_id=certificate.institution_id,
        object_kind=rules.CERTIFICATE_KIND,
        object_id=certificate.id,
        before=None if is_there else said,
        after=said if is_there else None,
    )

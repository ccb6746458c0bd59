"""The operator's deeds on the catalogue: certificates, their levels, and how those are assessed."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries
from x_pilot_api.certificates.errors import CertificateInUse, CertificateKnown, SchemeBeforeItsPredecessor
from x_pilot_api.certificates.models import AssessmentComponent, AssessmentScheme, Certificate, CertificateLevel
from x_pilot_api.certificates.schemas import CertificateChange, CertificateIn, LevelIn, SchemeIn
from x_pilot_api.core import audit, changes, db, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.audit import State
from x_pilot_api.core.errors import NotFound
from x_pilot_api.identity import queries as identity

_FIELDS = ("organisation_id", "name", "batch", "basis")


async def enter_certificate(session: AsyncSession, actor: Actor, *, wish: CertificateIn) -> UUID:
    """Enter a certificate standard of an organisation, with the levels it is known to have."""
    organisation = await identity.get_organisation(session, wish.organisation_id)
    certificate = Certificate(organisation_id=organisation.id, name=wish.name, batch=wish.batch, basis=wish.basis)
    async with _unless_known(session):
        session.add(certificate)
        await session.flush()
        session.add_all(
            CertificateLevel(certificate_id=certificate.id, level=level) for level in dict.fromkeys(wish.levels)
        )
    after = changes.fields_of(certificate, *_FIELDS) | {"levels": sorted(set(wish.levels))}
    await _record(session, actor, "enter_certificate", certificate.id, after=after)
    return certificate.id


async def change_certificate(
    session: AsyncSession, actor: Actor, *, certificate_id: UUID, change: CertificateChange, if_match: str | None
) -> None:
    """Correct what the catalogue says of a certificate."""
    certificate = await _lock(session, certificate_id, if_match)
    before = changes.fields_of(certificate, *_FIELDS)
    async with _unless_known(session):
        for name, value in change.model_dump(exclude_none=True).items():
            setattr(certificate, name, value)
    after = changes.fields_of(certificate, *_FIELDS)
    await _record(session, actor, "change_certificate", certificate.id, before=before, after=after)


async def delete_certificate(
    session: AsyncSession, actor: Actor, *, certificate_id: UUID, if_match: str | None
) -> None:
    """Take out a certificate entered by mistake, with its levels, if nothing refers to any of them."""
    certificate = await _lock(session, certificate_id, if_match)
    before = changes.fields_of(certificate, *_FIELDS)
    async with _unless_used(session):
        await session.execute(delete(CertificateLevel).where(CertificateLevel.certificate_id == certificate_id))
        await session.execute(delete(Certificate).where(Certificate.id == certificate_id))
    await _record(session, actor, "delete_certificate", certificate_id, before=before)


async def add_level(
    session: AsyncSession, actor: Actor, *, certificate_id: UUID, wish: LevelIn, if_match: str | None
) -> None:
    """Add a level to a certificate."""
    await _lock(session, certificate_id, if_match)
    level = CertificateLevel(certificate_id=certificate_id, level=wish.level)
    async with _unless_known(session):
        session.add(level)
    detail = {"certificate_level_id": str(level.id), "level": str(wish.level)}
    await _record(session, actor, "add_level", certificate_id, detail=detail)


async def delete_level(
    session: AsyncSession, actor: Actor, *, certificate_id: UUID, level_id: UUID, if_match: str | None
) -> None:
    """Take out a level entered by mistake, to which nothing refers."""
    await _lock(session, certificate_id, if_match)
    level = await queries.get_level(session, level_id)
    if level.certificate_id != certificate_id:
        raise NotFound(what="certificate level", zh="证书等级")
    async with _unless_used(session):
        await session.execute(delete(CertificateLevel).where(CertificateLevel.id == level_id))
    detail = {"certificate_level_id": str(level_id), "level": level.level}
    await _record(session, actor, "delete_level", certificate_id, detail=detail)


async def publish_scheme(session: AsyncSession, actor: Actor, *, level_id: UUID, wish: SchemeIn) -> None:
    """Publish the next version of a level's assessment scheme; plans announced before keep theirs."""
    level = await queries.get_level(session, level_id)
    # Two versions at once would otherwise get one number.
    await queries.lock_certificate(session, level.certificate_id)
    newest = await queries.find_newest_scheme(session, level_id)
    if newest is not None and newest.effective_from is not None and wish.effective_from < newest.effective_from:
        raise SchemeBeforeItsPredecessor(version=newest.version, effective_from=str(newest.effective_from))
    scheme = AssessmentScheme(
        certificate_level_id=level_id,
        version=newest.version + 1 if newest else 1,
        combination=wish.combination,
        exam_form=wish.exam_form,
        pass_mark_hundredths=wish.pass_mark,
        effective_from=wish.effective_from,
    )
    session.add(scheme)
    await session.flush()
    components = [
        {
            "scheme_id": scheme.id,
            "code": it.code,
            "name": it.name,
            "weight_percent": it.weight_percent,
            "full_mark_hundredths": it.full_mark,
            "pass_mark_hundredths": it.pass_mark,
        }
        for it in wish.components
    ]
    await session.execute(insert(AssessmentComponent), components)
    detail = {
        "certificate_level_id": str(level_id),
        "version": scheme.version,
        "effective_from": str(scheme.effective_from),
        "components": [it.code for it in wish.components],
    }
    await _record(session, actor, "publish_scheme", level.certificate_id, detail=detail)


async def _lock(session: AsyncSession, certificate_id: UUID, if_match: str | None) -> Certificate:
    certificate = await queries.lock_certificate(session, certificate_id)
    etags.check(await queries.get_certificate(session, certificate_id), if_match=if_match)
    return certificate


@asynccontextmanager
async def _unless_known(session: AsyncSession) -> AsyncGenerator[None]:
    """Write what the block says, unless there is one of that name or level."""
    try:
        async with db.attempt(session):
            yield
            await session.flush()
    except IntegrityError:
        raise CertificateKnown from None


@asynccontextmanager
async def _unless_used(session: AsyncSession) -> AsyncGenerator[None]:
    """Delete what the block says, unless something refers to it."""
    try:
        async with db.attempt(session):
            yield
    except IntegrityError as error:
        raise CertificateInUse(used_by=db.refused_by(error)[1]) from None


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    certificate_id: UUID,
    *,
    detail: Mapping[str, object] | None = None,
    before: State | None = None,
    after: State | None = None,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=None,
        object_kind="certificate",
        object_id=certificate_id,
        detail=dict(detail or {}),
        before=before,
        after=after,
    )

"""Reading the catalogue, which is the same for everybody."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import JSON, Row, Select, Uuid, bindparam, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import AssessmentScheme, Certificate, CertificateLevel, Level
from x_pilot_api.certificates.schemas import CertificateOut, SchemeOut
from x_pilot_api.core import lookups
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, page_of

_SCHEME = """
                'id', scheme.id, 'version', scheme.version, 'combination', scheme.combination,
                'exam_form', scheme.exam_form, 'effective_from', scheme.effective_from,
                'pass_mark', scheme.pass_mark_hundredths,
                'components', ARRAY(
                    SELECT json_build_object(
                        'code', component.code, 'name', component.name, 'weight_percent', component.weight_percent,
                        'full_mark', component.full_mark_hundredths, 'pass_mark', component.pass_mark_hundredths)
                    FROM assessment_components AS component
                    WHERE component.scheme_id = scheme.id ORDER BY component.code)
"""

_DESCRIBED = (
    text(f"""
SELECT certificate.id, certificate.name, certificate.batch, certificate.basis,
    json_build_object('id', organisation.id, 'name', organisation.name) AS organisation,
    ARRAY(
        SELECT json_build_object('id', level.id, 'level', level.level, 'scheme', (
            SELECT json_build_object(
{_SCHEME})
            FROM assessment_schemes AS scheme
            WHERE scheme.certificate_level_id = level.id ORDER BY scheme.version DESC LIMIT 1))
        FROM certificate_levels AS level WHERE level.certificate_id = certificate.id ORDER BY level.level) AS levels
FROM certificates AS certificate JOIN organisations AS organisation ON organisation.id = certificate.organisation_id
WHERE certificate.id = ANY (:ids)
""")
    .bindparams(bindparam("ids", type_=ARRAY(Uuid)))
    .columns(organisation=JSON, levels=ARRAY(JSON))
)

_SCHEMES = text(f"""
SELECT json_build_object({_SCHEME}) AS scheme FROM assessment_schemes AS scheme
WHERE scheme.certificate_level_id = :level_id ORDER BY scheme.version DESC
""").columns(scheme=JSON)

_level = (
    select(
        CertificateLevel.id, CertificateLevel.level, Certificate.id.label("certificate_id"), Certificate.organisation_id
    )
    .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
    .where(CertificateLevel.id == bindparam("level_id"))
)


async def get_certificate(session: AsyncSession, certificate_id: UUID) -> CertificateOut:
    """Read one certificate with its levels and how they are assessed."""
    found = await _describe(session, [certificate_id])
    if not found:
        raise NotFound(what="certificate", zh="证书")
    return found[0]


async def list_certificates(
    session: AsyncSession, *, organisation_id: UUID | None, level: Level | None, text: str | None, wish: PageWish
) -> tuple[Sequence[CertificateOut], str | None]:
    """List certificates by name; those that have a level, of an organisation, or with a text in their name."""
    statement = select(Certificate)
    if organisation_id is not None:
        statement = statement.where(Certificate.organisation_id == organisation_id)
    if level is not None:
        having = select(CertificateLevel.certificate_id).where(CertificateLevel.level == level)
        statement = statement.where(Certificate.id.in_(having))
    if text:
        statement = statement.where(Certificate.name.contains(text, autoescape=True))
    rows, token = await page_of(session, statement, order=(Certificate.name, Certificate.id), wish=wish)
    return await _describe(session, [row.id for row in rows]), token


async def _describe(session: AsyncSession, ids: Sequence[UUID]) -> list[CertificateOut]:
    """Read everything told of certificates in one statement however many they are, in the order asked for."""
    rows = (await session.execute(_DESCRIBED, {"ids": list(ids)})).all()
    told = {row.id: CertificateOut.model_validate(row, from_attributes=True) for row in rows}
    return [told[certificate_id] for certificate_id in ids if certificate_id in told]


async def get_level(session: AsyncSession, certificate_level_id: UUID) -> Row[UUID, str, UUID, UUID]:
    """Read one level with its certificate and organisation."""
    row = (await session.execute(_level, {"level_id": certificate_level_id})).one_or_none()
    if row is None:
        raise NotFound(what="certificate level", zh="证书等级")
    return row


def levels_of(organisation_id: UUID) -> Select[UUID]:
    """Select the levels of an organisation's own certificates."""
    return (
        select(CertificateLevel.id)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .where(Certificate.organisation_id == organisation_id)
    )


async def list_schemes(session: AsyncSession, certificate_level_id: UUID) -> list[SchemeOut]:
    """List every version of a level's assessment scheme, the newest first."""
    rows = await session.scalars(_SCHEMES, {"level_id": certificate_level_id})
    return [SchemeOut.model_validate(row) for row in rows]


async def lock_certificate(session: AsyncSession, certificate_id: UUID) -> Certificate:
    """Lock one certificate with all that hangs on it, and read it as it is now."""
    statement = select(Certificate).where(Certificate.id == certificate_id).with_for_update()
    return await lookups.get_one(
        session, statement.execution_options(populate_existing=True), what="certificate", zh="证书"
    )


async def find_newest_scheme(session: AsyncSession, certificate_level_id: UUID) -> AssessmentScheme | None:
    """Find the highest version of a level's scheme."""
    statement = (
        select(AssessmentScheme)
        .where(AssessmentScheme.certificate_level_id == certificate_level_id)
        .order_by(AssessmentScheme.version.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def find_schemes_on(session: AsyncSession, level_ids: Sequence[UUID], *, on: date) -> dict[UUID, UUID]:
    """Find by which scheme each level is assessed on a day; a level without one is left out."""
    rows = await session.execute(
        select(AssessmentScheme.certificate_level_id, AssessmentScheme.id)
        .ext(distinct_on(AssessmentScheme.certificate_level_id))
        .where(
            AssessmentScheme.certificate_level_id.in_(level_ids),
            or_(AssessmentScheme.effective_from.is_(None), AssessmentScheme.effective_from <= on),
        )
        .order_by(AssessmentScheme.certificate_level_id, AssessmentScheme.version.desc())
    )
    return {row.certificate_level_id: row.id for row in rows.all()}

"""Reading the categories an institution sorts certificates into."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.qualifications.models import CategorisedCertificate, CertificateCategory
from x_pilot_api.qualifications.schemas import CategorisedCertificateOut, CertificateCategoryOut


def visible_categories(actor: Actor) -> Select[CertificateCategory]:
    """Select the categories of the actor's institution."""
    if actor.institution_id is None:
        return select(CertificateCategory).where(false())
    return select(CertificateCategory).where(CertificateCategory.institution_id == actor.institution_id)


async def get_category(
    session: AsyncSession, actor: Actor, category_id: UUID, *, lock: bool = False
) -> CertificateCategory:
    """Read one category, locked when it is to be changed."""
    statement = visible_categories(actor).where(CertificateCategory.id == category_id)
    return await lookups.get_one(session, statement, what="certificate category", zh="证书类别", lock=lock)


async def list_categories(
    session: AsyncSession, actor: Actor, *, wish: PageWish
) -> tuple[Sequence[CertificateCategory], str | None]:
    """List the categories by their codes."""
    return await page_of(session, visible_categories(actor), order=(CertificateCategory.code,), wish=wish)


async def describe_categories(
    session: AsyncSession, categories: Sequence[CertificateCategory]
) -> list[CertificateCategoryOut]:
    """Tell categories with their certificates, in one statement however many."""
    statement = (
        select(CategorisedCertificate.category_id, Certificate.id, Certificate.name)
        .join(Certificate, Certificate.id == CategorisedCertificate.certificate_id)
        .where(
            CategorisedCertificate.institution_id.in_({each.institution_id for each in categories}),
            CategorisedCertificate.category_id.in_([each.id for each in categories]),
        )
        .order_by(Certificate.name, Certificate.id)
    )
    told: dict[UUID, list[CategorisedCertificateOut]] = {}
    for row in (await session.execute(statement)).all():
        certificate = CategorisedCertificateOut(certificate_id=row.id, certificate_name=row.name)
        told.setdefault(row.category_id, []).append(certificate)
    return [
        CertificateCategoryOut(id=each.id, code=each.code, name=each.name, certificates=told.get(each.id, []))
        for each in categories
    ]


async def list_unknown_certificates(session: AsyncSession, ids: Collection[UUID]) -> list[UUID]:
    """List which of some ids name no certificate of the catalogue."""
    found = await session.scalars(select(Certificate.id).where(Certificate.id.in_(ids)))
    return sorted(set(ids) - set(found.all()))

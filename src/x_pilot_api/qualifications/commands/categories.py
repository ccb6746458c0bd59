"""Sorting certificates into categories of the institution's own."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.qualifications import queries, rules
from x_pilot_api.qualifications.errors import CategoryExists, CertificatesNotKnown
from x_pilot_api.qualifications.models import CategorisedCertificate, CertificateCategory
from x_pilot_api.qualifications.schemas import CertificateCategoryChange, CertificateCategoryIn


async def create_category(session: AsyncSession, actor: Actor, *, wish: CertificateCategoryIn) -> CertificateCategory:
    """Make a category and sort certificates into it."""
    institution_id = actor.own_institution()
    await _refuse_unknown(session, wish.certificate_ids)
    made = await session.scalars(
        insert(CertificateCategory)
        .values(institution_id=institution_id, code=wish.code, name=wish.name)
        .on_conflict_do_nothing(index_elements=["institution_id", "code"])
        .returning(CertificateCategory)
    )
    category = made.one_or_none()
    if category is None:
        raise CategoryExists(category=wish.code)
    await _sort(session, category, wish.certificate_ids)
    await _record(session, actor, "create_certificate_category", category, before=None, wish=wish)
    return category


async def change_category(
    session: AsyncSession, actor: Actor, *, category_id: UUID, wish: CertificateCategoryChange, if_match: str | None
) -> CertificateCategory:
    """Name a category anew and sort its certificates anew, for the copy that was read."""
    category = await queries.get_category(session, actor, category_id, lock=True)
    (told,) = await queries.describe_categories(session, [category])
    etags.check(told, if_match=if_match)
    await _refuse_unknown(session, wish.certificate_ids)
    before = changes.fields_of(category, "name") | {"certificates": [it.certificate_id for it in told.certificates]}
    category.name = wish.name
    await session.flush()
    await session.execute(
        delete(CategorisedCertificate).where(
            CategorisedCertificate.institution_id == category.institution_id,
            CategorisedCertificate.category_id == category.id,
            CategorisedCertificate.certificate_id.not_in(wish.certificate_ids),
        )
    )
    await _sort(session, category, wish.certificate_ids)
    await _record(session, actor, "change_certificate_category", category, before=before, wish=wish)
    return category


async def _refuse_unknown(session: AsyncSession, ids: Collection[UUID]) -> None:
    unknown = await queries.list_unknown_certificates(session, ids)
    if unknown:
        raise CertificatesNotKnown(certificate_ids=", ".join(str(each) for each in unknown))


async def _sort(session: AsyncSession, category: CertificateCategory, ids: Collection[UUID]) -> None:
    """Put certificates into a category, out of whichever they were in; in one order, so that nobody waits in a ring."""
    if not ids:
        return
    statement = insert(CategorisedCertificate).values(
        [
            {
                "institution_id": category.institution_id,
                "certificate_id": each,
                "category_id": category.id,
            }
            for each in sorted(ids)
        ]
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["institution_id", "certificate_id"],
            set_={"category_id": statement.excluded.category_id},
        )
    )


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    category: CertificateCategory,
    *,
    before: audit.State | None,
    wish: CertificateCategoryChange,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=category.institution_id,
        object_kind=rules.CATEGORY_KIND,
        object_id=category.id,
        detail={"code": category.code},
        before=before,
        after=changes.fields_of(category, "name") | {"certificates": sorted(wish.certificate_ids)},
    )

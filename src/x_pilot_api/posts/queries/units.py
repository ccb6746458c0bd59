"""Finding lead units: everybody of the institution's staff sees them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.posts.models import LeadUnit, LeadUnitCertificate
from x_pilot_api.posts.rules.units import KnownTerm
from x_pilot_api.posts.schemas import LeadUnitCertificateOut, LeadUnitOut


def visible_units(actor: Actor) -> Select[LeadUnit]:
    """Select the lead units that the actor's institution has on record."""
    if actor.institution_id is None:
        return select(LeadUnit).where(false())
    return select(LeadUnit).where(LeadUnit.institution_id == actor.institution_id)


async def get_unit(session: AsyncSession, actor: Actor, unit_id: UUID, *, lock: bool = False) -> LeadUnit:
    """Read one visible term of a lead unit, locked when it is to be ended."""
    statement = visible_units(actor).where(LeadUnit.id == unit_id)
    return await lookups.get_one(session, statement, what="lead unit", zh="牵头单位", lock=lock)


async def list_units(
    session: AsyncSession,
    actor: Actor,
    *,
    category: str | None,
    certificate_id: UUID | None,
    on: date | None,
    wish: PageWish,
) -> tuple[Sequence[LeadUnit], str | None]:
    """List lead units by category and term; with a day, those whose term it is part of."""
    statement = visible_units(actor)
    if category is not None:
        statement = statement.where(LeadUnit.category == category)
    if certificate_id is not None:
        statement = statement.where(
            exists().where(
                LeadUnitCertificate.institution_id == LeadUnit.institution_id,
                LeadUnitCertificate.lead_unit_id == LeadUnit.id,
                LeadUnitCertificate.certificate_id == certificate_id,
            )
        )
    if on is not None:
        statement = statement.where(
            LeadUnit.valid_from <= on, or_(LeadUnit.valid_to.is_(None), LeadUnit.valid_to >= on)
        )
    order = (LeadUnit.category, LeadUnit.valid_from, LeadUnit.id)
    return await page_of(session, statement, order=order, wish=wish)


async def _certificates_of(
    session: AsyncSession, institution_id: UUID, unit_ids: Collection[UUID]
) -> Mapping[UUID, list[LeadUnitCertificateOut]]:
    statement = (
        select(LeadUnitCertificate.lead_unit_id, Certificate.id, Certificate.name)
        .join(Certificate, Certificate.id == LeadUnitCertificate.certificate_id)
        .where(
            LeadUnitCertificate.institution_id == institution_id,
            LeadUnitCertificate.lead_unit_id.in_(unit_ids),
        )
        .order_by(Certificate.name, Certificate.id)
    )
    found: dict[UUID, list[LeadUnitCertificateOut]] = {}
    for row in (await session.execute(statement)).all():
        told = LeadUnitCertificateOut(certificate_id=row.id, certificate_name=row.name)
        found.setdefault(row.lead_unit_id, []).append(told)
    return found


async def describe_units(session: AsyncSession, actor: Actor, units: Sequence[LeadUnit]) -> list[LeadUnitOut]:
    """Tell lead units with the certificates of their categories."""
    if not units:
        return []
    held = await _certificates_of(session, units[0].institution_id, [each.id for each in units])
    may_end = actor.may(Permission.LEAD_UNITS_LOAD)
    return [
        LeadUnitOut(
            id=each.id,
            category=each.category,
            unit_name=each.unit_name,
            document=each.document,
            end_document=each.end_document,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            certificates=held.get(each.id, []),
            can_end=may_end and each.valid_to is None,
        )
        for each in units
    ]


async def find_named_certificates(session: AsyncSession, names: Collection[str]) -> Mapping[str, list[UUID]]:
    """Find certificate standards by their names; two organisations may use the same one."""
    statement = select(Certificate.name, Certificate.id).where(Certificate.name.in_(names)).order_by(Certificate.id)
    found: dict[str, list[UUID]] = {}
    for row in (await session.execute(statement)).all():
        found.setdefault(row.name, []).append(row.id)
    return found


async def count_unknown_certificates(session: AsyncSession, ids: Collection[UUID]) -> int:
    """Count which of some ids name no certificate standard of the catalogue."""
    if not ids:
        return 0
    found = await session.scalars(select(Certificate.id).where(Certificate.id.in_(ids)))
    return len(set(ids) - set(found.all()))


async def find_terms(session: AsyncSession, actor: Actor, categories: Collection[str]) -> Mapping[str, list[KnownTerm]]:
    """Find what terms some categories have already."""
    units = (await session.scalars(visible_units(actor).where(LeadUnit.category.in_(categories)))).all()
    if not units:
        return {}
    held = await _certificates_of(session, units[0].institution_id, [each.id for each in units])
    found: dict[str, list[KnownTerm]] = {}
    for each in units:
        ids = frozenset(told.certificate_id for told in held.get(each.id, []))
        term = KnownTerm(each.id, each.unit_name, ids, each.valid_from, each.valid_to)
        found.setdefault(each.category, []).append(term)
    return found

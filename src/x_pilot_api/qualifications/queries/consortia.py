"""Reading training consortia and who was a member of them when."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.identity.models import Organisation
from x_pilot_api.qualifications import rules
from x_pilot_api.qualifications.models import (
    CertificateCategory,
    ConsortiumMember,
    MemberKind,
    MemberRole,
    TrainingConsortium,
)
from x_pilot_api.qualifications.schemas import ConsortiumMemberOut, TrainingConsortiumOut
from x_pilot_api.registry.models import College


def visible_consortia(actor: Actor) -> Select[TrainingConsortium]:
    """Select the consortia of the actor's institution."""
    if actor.institution_id is None:
        return select(TrainingConsortium).where(false())
    return select(TrainingConsortium).where(TrainingConsortium.institution_id == actor.institution_id)


async def get_consortium(
    session: AsyncSession, actor: Actor, consortium_id: UUID, *, lock: bool = False
) -> TrainingConsortium:
    """Read one consortium, locked when its members are to be changed."""
    statement = visible_consortia(actor).where(TrainingConsortium.id == consortium_id)
    return await lookups.get_one(session, statement, what="training consortium", zh="培训联合体", lock=lock)


async def find_consortium_of(session: AsyncSession, actor: Actor, member_id: UUID) -> UUID:
    """Find the consortium a membership is in."""
    consortia = visible_consortia(actor).with_only_columns(TrainingConsortium.id)
    statement = select(ConsortiumMember.consortium_id).where(
        ConsortiumMember.institution_id == actor.institution_id,
        ConsortiumMember.id == member_id,
        ConsortiumMember.consortium_id.in_(consortia),
    )
    return await lookups.get_one(session, statement, what="consortium member", zh="联合体成员")


async def list_open_members(
    session: AsyncSession, consortium: TrainingConsortium, *, on: date
) -> Sequence[ConsortiumMember]:
    """List who is a member on a day or later, in a consortium that is locked."""
    statement = (
        select(ConsortiumMember)
        .where(
            ConsortiumMember.institution_id == consortium.institution_id,
            ConsortiumMember.consortium_id == consortium.id,
            or_(ConsortiumMember.until_on.is_(None), ConsortiumMember.until_on >= on),
        )
        .order_by(ConsortiumMember.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def list_consortia(
    session: AsyncSession,
    actor: Actor,
    *,
    today: date,
    certificate_category_id: UUID | None,
    is_running: bool | None,
    wish: PageWish,
) -> tuple[Sequence[TrainingConsortium], str | None]:
    """List consortia as they were founded."""
    statement = visible_consortia(actor)
    if certificate_category_id is not None:
        statement = statement.where(TrainingConsortium.certificate_category_id == certificate_category_id)
    if is_running is not None:
        runs = and_(
            TrainingConsortium.from_on <= today,
            func.coalesce(TrainingConsortium.until_on, today) >= today,
        )
        statement = statement.where(runs if is_running else ~runs)
    return await page_of(session, statement, order=(TrainingConsortium.id,), wish=wish)


async def describe_consortia(
    session: AsyncSession, actor: Actor, consortia: Sequence[TrainingConsortium], *, today: date
) -> list[TrainingConsortiumOut]:
    """Tell consortia with all their members, in two statements however many."""
    members = await _members_of(session, consortia, today=today)
    names = await _categories_of(session, consortia)
    return [
        TrainingConsortiumOut(
            id=each.id,
            certificate_category_id=each.certificate_category_id,
            category_name=names[each.certificate_category_id],
            name=each.name,
            purpose=each.purpose,
            document_number=each.document_number,
            from_on=each.from_on,
            until_on=each.until_on,
            is_running=rules.is_running(each, today=today),
            lead_name=next(
                (it.name for it in members.get(each.id, []) if it.role == MemberRole.LEAD and it.is_present), None
            ),
            members=members.get(each.id, []),
            allowed_deeds=rules.consortium_deeds(actor, each, today=today),
        )
        for each in consortia
    ]


async def _categories_of(session: AsyncSession, consortia: Sequence[TrainingConsortium]) -> dict[UUID, str]:
    statement = select(CertificateCategory.id, CertificateCategory.name).where(
        CertificateCategory.institution_id.in_({each.institution_id for each in consortia}),
        CertificateCategory.id.in_({each.certificate_category_id for each in consortia}),
    )
    return {row.id: row.name for row in (await session.execute(statement)).all()}


async def _members_of(
    session: AsyncSession, consortia: Sequence[TrainingConsortium], *, today: date
) -> dict[UUID, list[ConsortiumMemberOut]]:
    statement = (
        select(
            ConsortiumMember,
            func.coalesce(College.name, Organisation.name, ConsortiumMember.partner_name).label("name"),
        )
        .outerjoin(
            College,
            and_(College.institution_id == ConsortiumMember.institution_id, College.id == ConsortiumMember.college_id),
        )
        .outerjoin(Organisation, Organisation.id == ConsortiumMember.organisation_id)
        .where(
            ConsortiumMember.institution_id.in_({each.institution_id for each in consortia}),
            ConsortiumMember.consortium_id.in_([each.id for each in consortia]),
        )
        .order_by(ConsortiumMember.from_on, ConsortiumMember.role, ConsortiumMember.id)
    )
    told: dict[UUID, list[ConsortiumMemberOut]] = {}
    for member, name in (await session.execute(statement)).all():
        told.setdefault(member.consortium_id, []).append(
            ConsortiumMemberOut(
                id=member.id,
                kind=MemberKind(member.kind),
                role=MemberRole(member.role),
                college_id=member.college_id,
                organisation_id=member.organisation_id,
                name=name,
                from_on=member.from_on,
                until_on=member.until_on,
                ending=member.ending,
                is_present=rules.is_running(member, today=today),
            )
        )
    return told

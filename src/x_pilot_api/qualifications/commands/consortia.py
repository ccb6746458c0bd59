"""Founding training consortia, and who is a member of them and who leads."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import JsonObject
from x_pilot_api.core.errors import AppError, NotFound
from x_pilot_api.identity.models import Organisation
from x_pilot_api.qualifications import queries, rules
from x_pilot_api.qualifications.errors import ConsortiumNameTaken, LeadAlready, MemberAlready, MemberUnknown
from x_pilot_api.qualifications.models import ConsortiumMember, MemberKind, MemberRole, TrainingConsortium
from x_pilot_api.qualifications.schemas import (
    ConsortiumEndIn,
    FirstLeadIn,
    LeadHandoverIn,
    NewMemberIn,
    TrainingConsortiumIn,
)
from x_pilot_api.registry.models import College

_ONE_LEAD = "consortium_members_one_lead_at_a_time_excl"
_ONCE = frozenset(
    {
        "consortium_members_college_once_at_a_time_excl",
        "consortium_members_organisation_once_at_a_time_excl",
        "consortium_members_partner_once_at_a_time_excl",
    }
)


async def found_consortium(session: AsyncSession, actor: Actor, *, wish: TrainingConsortiumIn) -> TrainingConsortium:
    """Found a consortium for a category, with its lead from the first day on."""
    category = await queries.get_category(session, actor, wish.certificate_category_id)
    made = await session.scalars(
        insert(TrainingConsortium)
        .values(**wish.model_dump(exclude={"lead"}), institution_id=category.institution_id)
        .on_conflict_do_nothing(index_elements=["institution_id", "name"])
        .returning(TrainingConsortium)
    )
    consortium = made.one_or_none()
    if consortium is None:
        raise ConsortiumNameTaken(name=wish.name)
    await _add(session, consortium, wish.lead, role=MemberRole.LEAD, from_on=wish.from_on)
    await _record(session, actor, "found_training_consortium", consortium, {"document": wish.document_number})
    return consortium


async def add_member(
    session: AsyncSession, actor: Actor, *, consortium_id: UUID, wish: NewMemberIn
) -> TrainingConsortium:
    """Take somebody in from a day on."""
    consortium = await queries.get_consortium(session, actor, consortium_id, lock=True)
    rules.check_within(wish.from_on, consortium)
    member = await _add(session, consortium, wish, role=MemberRole.MEMBER, from_on=wish.from_on)
    await _record(session, actor, "add_consortium_member", consortium, _named(member))
    return consortium


async def end_member(
    session: AsyncSession, actor: Actor, *, member_id: UUID, wish: ConsortiumEndIn
) -> TrainingConsortium:
    """Let a membership end on a day; the lead is handed over instead."""
    consortium_id = await queries.find_consortium_of(session, actor, member_id)
    consortium = await queries.get_consortium(session, actor, consortium_id, lock=True)
    rules.check_within(wish.until_on, consortium)
    open_members = await queries.list_open_members(session, consortium, on=wish.until_on)
    member = next((each for each in open_members if each.id == member_id), None)
    if member is None:
        raise NotFound(what="present consortium member", zh="在任的联合体成员")
    rules.check_may_leave(member)
    rules.check_within(wish.until_on, member)
    await _end(session, member, wish.until_on, wish.ending)
    await _record(session, actor, "end_consortium_member", consortium, _named(member))
    return consortium


async def hand_over_lead(
    session: AsyncSession, actor: Actor, *, consortium_id: UUID, wish: LeadHandoverIn
) -> TrainingConsortium:
    """Let another lead from a day on; the consortium is at no time without one."""
    consortium = await queries.get_consortium(session, actor, consortium_id, lock=True)
    rules.check_within(wish.from_on, consortium)
    present = await queries.list_open_members(session, consortium, on=wish.from_on)
    lead = next((each for each in present if each.role == MemberRole.LEAD), None)
    if lead is None or lead.until_on != consortium.until_on:
        # It is handed over already, from a later day on.
        raise LeadAlready(from_on=wish.from_on.isoformat())
    before_it = rules.last_day_before(wish.from_on, lead)
    await _end(session, lead, before_it)
    as_member = next((each for each in present if _is_same(each, wish)), None)
    if as_member is not None and as_member is not lead:
        await _end(session, as_member, rules.last_day_before(wish.from_on, as_member))
    await _add(session, consortium, wish, role=MemberRole.LEAD, from_on=wish.from_on)
    if wish.stays_member:
        stays = FirstLeadIn(
            college_id=lead.college_id, organisation_id=lead.organisation_id, partner_name=lead.partner_name
        )
        await _add(session, consortium, stays, role=MemberRole.MEMBER, from_on=wish.from_on)
    await _record(session, actor, "hand_over_consortium_lead", consortium, {"from_on": wish.from_on.isoformat()})
    return consortium


async def close_consortium(
    session: AsyncSession, actor: Actor, *, consortium_id: UUID, wish: ConsortiumEndIn, today: date
) -> TrainingConsortium:
    """End a consortium on a day, and with it every membership that would go on."""
    consortium = await queries.get_consortium(session, actor, consortium_id, lock=True)
    rules.check_within(wish.until_on, consortium)
    members = await queries.list_open_members(session, consortium, on=wish.until_on)
    for member in members:
        rules.check_within(wish.until_on, member)
    before = changes.fields_of(consortium, "until_on")
    consortium.until_on = wish.until_on
    for member in members:
        member.until_on, member.ending = wish.until_on, wish.ending
    await session.flush()
    detail: JsonObject = {"ending": wish.ending, "members": len(members), "today": today.isoformat()}
    await _record(session, actor, "close_training_consortium", consortium, detail, before=before)
    return consortium


def _is_same(member: ConsortiumMember, wish: FirstLeadIn | NewMemberIn) -> bool:
    return (member.college_id, member.organisation_id, member.partner_name) == (
        wish.college_id,
        wish.organisation_id,
        wish.partner_name,
    )


async def _end(session: AsyncSession, member: ConsortiumMember, until_on: date, ending: str | None = None) -> None:
    member.until_on, member.ending = until_on, ending
    await session.flush()


async def _add(
    session: AsyncSession,
    consortium: TrainingConsortium,
    wish: FirstLeadIn | NewMemberIn,
    *,
    role: MemberRole,
    from_on: date,
) -> ConsortiumMember:
    await _refuse_unknown(session, consortium, wish)
    kind = MemberKind.PARTNER
    if wish.college_id is not None or wish.organisation_id is not None:
        kind = MemberKind.COLLEGE if wish.college_id is not None else MemberKind.ORGANISATION
    member = ConsortiumMember(
        institution_id=consortium.institution_id,
        consortium_id=consortium.id,
        kind=kind,
        role=role,
        college_id=wish.college_id,
        organisation_id=wish.organisation_id,
        partner_name=wish.partner_name,
        from_on=from_on,
        until_on=consortium.until_on,
    )
    try:
        async with db.attempt(session):
            session.add(member)
            await session.flush()
    except IntegrityError as error:
        raise _refusal(error, from_on) from None
    return member


def _refusal(error: IntegrityError, from_on: date) -> Exception:
    constraint, _ = db.refused_by(error)
    refusals: Mapping[str, type[AppError]] = {_ONE_LEAD: LeadAlready} | dict.fromkeys(_ONCE, MemberAlready)
    if constraint not in refusals:
        return error
    return refusals[constraint](from_on=from_on.isoformat())


async def _refuse_unknown(
    session: AsyncSession, consortium: TrainingConsortium, wish: FirstLeadIn | NewMemberIn
) -> None:
    if wish.college_id is not None:
        found = await session.get(College, (consortium.institution_id, wish.college_id))
        if found is None:
            raise MemberUnknown(member=str(wish.college_id))
    if wish.organisation_id is not None and await session.get(Organisation, wish.organisation_id) is None:
        raise MemberUnknown(member=str(wish.organisation_id))


def _named(member: ConsortiumMember) -> JsonObject:
    return {
        "member_id": str(member.id),
        "kind": member.kind,
        "from_on": member.from_on.isoformat(),
        "until_on": member.until_on.isoformat() if member.until_on else None,
        "ending": member.ending,
    }


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    consortium: TrainingConsortium,
    detail: JsonObject,
    *,
    before: audit.State | None = None,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=consortium.institution_id,
        object_kind=rules.CONSORTIUM_KIND,
        object_id=consortium.id,
        detail=detail,
        before=before,
        after=changes.fields_of(consortium, "name", "from_on", "until_on"),
    )

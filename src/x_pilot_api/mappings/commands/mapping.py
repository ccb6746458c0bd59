"""The deeds on conversion rules, from the agreement to the withdrawal."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.mappings import queries, rules
from x_pilot_api.mappings.errors import (
    ContentChanged,
    CourseAlreadyConverted,
    FiledInFuture,
    MappingCertificateExited,
    NotAParty,
    SecondPersonNeeded,
)
from x_pilot_api.mappings.models import Direction, LimitCode, Mapping, MappingState
from x_pilot_api.mappings.rules import WORKFLOW, Party, Stakes
from x_pilot_api.mappings.schemas import FilingIn, PublicationIn
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind


async def agree_mapping(session: AsyncSession, actor: Actor, *, mapping_id: UUID, content_hash: str) -> Mapping:
    """Agree to a rule's content for the college or the organisation; agreeing again changes nothing."""
    seen = await queries.get_mapping(session, actor, mapping_id)
    mapping = await queries.lock_mapping(session, institution_id=seen.institution_id, mapping_id=seen.id)
    stakes = await queries.get_stakes(session, mapping)
    party = rules.party_of(actor, institution_id=mapping.institution_id, stakes=stakes)
    if party is None:
        raise NotAParty
    if content_hash != mapping.content_hash:
        raise ContentChanged(agreed_hash=content_hash, content_hash=mapping.content_hash)
    if rules.has_agreed(mapping, party) and mapping.state != MappingState.WITHDRAWN:
        return mapping
    target = WORKFLOW.target_of("agree", state=mapping.state)
    await refuse_exited_of(session, mapping, stakes)
    before = state_of(mapping)
    if party is Party.COLLEGE:
        mapping.college_agreed_hash = content_hash
    else:
        mapping.organisation_agreed_hash = content_hash
    if all(rules.has_agreed(mapping, each) for each in Party):
        mapping.state = target
    await session.flush()
    terms = {"party": party.value, "state": mapping.state, "content_hash": content_hash}
    await _announce(session, actor, EventKind.MAPPING_AGREED, mapping, **terms)
    await record(session, actor, rules.AGREE_DEED, mapping, before=before, party=party.value, content_hash=content_hash)
    return mapping


async def approve_mapping(session: AsyncSession, actor: Actor, *, mapping_id: UUID, today: date) -> Mapping:
    """Approve a rule both parties agreed to, unless it gives more credits than policy allows today."""
    mapping = await queries.lock_office_mapping(session, actor, mapping_id)
    target = WORKFLOW.target_of("approve", state=mapping.state)
    await refuse_exited_of(session, mapping)
    if actor.id in await queries.list_people_who_agreed(session, mapping):
        raise SecondPersonNeeded
    # The limits bound what a certificate may bring; courses that offset an assessment bring no credits.
    if mapping.direction == Direction.CERTIFICATE_TO_COURSE:
        limits = await queries.list_limits(session, mapping, on=today)
        rules.check_limits(await queries.sum_credits(session, mapping), limits)
        level = await certificates.get_level(session, mapping.certificate_level_id)
        rules.check_categories(level.level, await queries.list_limited_courses(session, mapping), limits)
    before = state_of(mapping)
    mapping.state = target
    await session.flush()
    await record(session, actor, "approve_mapping", mapping, before=before)
    return mapping


async def file_mapping(
    session: AsyncSession, actor: Actor, *, mapping_id: UUID, filing: FilingIn, today: date
) -> Mapping:
    """Record that a rule was sent to the credit bank, with its number and date."""
    mapping = await queries.lock_office_mapping(session, actor, mapping_id)
    target = WORKFLOW.target_of("file", state=mapping.state)
    await refuse_exited_of(session, mapping)
    if filing.filed_on > today:
        raise FiledInFuture(filed_on=str(filing.filed_on), today=str(today))
    before = state_of(mapping)
    mapping.filing_number, mapping.filed_on, mapping.state = filing.filing_number, filing.filed_on, target
    mapping.filing_document = filing.document
    await session.flush()
    await record(session, actor, "file_mapping", mapping, before=before, filing_number=filing.filing_number)
    return mapping


async def publish_mapping(
    session: AsyncSession, actor: Actor, *, mapping_id: UUID, publication: PublicationIn, today: date
) -> Mapping:
    """Put a filed rule into force once its notice is over; the version before it ends the day this one starts."""
    mapping = await queries.get_office_mapping(session, actor, mapping_id)
    # The programme is locked before its rules, always in this order: two first publications have no rule in common.
    await queries.lock_programme(session, institution_id=mapping.institution_id, programme_id=mapping.programme_id)
    series = await queries.lock_series(session, mapping)
    target = WORKFLOW.target_of("publish", state=mapping.state)
    await refuse_exited_of(session, mapping)
    await _check_notice(session, mapping, today=today)
    giving_way = rules.rules_giving_way(
        mapping, series, effective_from=publication.effective_from, effective_to=publication.effective_to
    )
    if mapping.direction == Direction.CERTIFICATE_TO_COURSE:
        await _check_converted_once(session, mapping, publication)
    for earlier in giving_way:
        was = state_of(earlier)
        earlier.state = WORKFLOW.target_of("supersede", state=earlier.state)
        earlier.effective_to = publication.effective_from
        await record(session, actor, "supersede_mapping", earlier, before=was, by=str(mapping.id))
    # Written first, since the database checks row by row that no two rules are in force at once.
    await session.flush()
    before = state_of(mapping)
    mapping.effective_from, mapping.effective_to = publication.effective_from, publication.effective_to
    mapping.state, mapping.published_at = target, clock.now()
    await session.flush()
    period = {"effective_from": mapping.effective_from, "effective_to": mapping.effective_to}
    await _announce(session, actor, EventKind.MAPPING_PUBLISHED, mapping, **period)
    await record(session, actor, "publish_mapping", mapping, before=before)
    return mapping


async def _check_notice(session: AsyncSession, mapping: Mapping, *, today: date) -> None:
    notice = await queries.find_notice(session, mapping)
    objections = await queries.list_objection_states(session, notice) if notice else ()
    rules.check_notice_over(notice, objections, await queries.list_limits(session, mapping, on=today), today=today)


async def _check_converted_once(session: AsyncSession, mapping: Mapping, publication: PublicationIn) -> None:
    limits = await queries.list_limits(session, mapping, on=publication.effective_from)
    basis = rules.find_basis(limits, LimitCode.ONE_CERTIFICATE)
    if basis is None:
        return
    stakes = await queries.get_stakes(session, mapping)
    found = await queries.find_converted_elsewhere(
        session,
        mapping,
        certificate_id=stakes.certificate_id,
        effective_from=publication.effective_from,
        effective_to=publication.effective_to,
    )
    if found is not None:
        raise CourseAlreadyConverted(
            course_code=found.course_code,
            course_name=found.course_name,
            mapping_id=str(found.mapping_id),
            certificate_name=found.certificate_name,
            **basis,
        )


async def withdraw_mapping(
    session: AsyncSession, actor: Actor, *, mapping_id: UUID, reason: str, today: date
) -> Mapping:
    """Withdraw a rule that has not taken effect; the version that was to give way to it stays ended."""
    mapping = await queries.lock_office_mapping(session, actor, mapping_id)
    target = WORKFLOW.target_of("withdraw", state=mapping.state)
    rules.check_withdrawable(mapping, today=today)
    before = state_of(mapping)
    mapping.state = target
    await session.flush()
    await _announce(session, actor, EventKind.MAPPING_WITHDRAWN, mapping)
    await record(session, actor, "withdraw_mapping", mapping, before=before, reason=reason)
    return mapping


async def refuse_exited(session: AsyncSession, *, institution_id: UUID, college_id: UUID, certificate_id: UUID) -> None:
    """Refuse what would lead to a rule of a certificate that its college has given up."""
    exited_on = await queries.find_exit(
        session, institution_id=institution_id, college_id=college_id, certificate_id=certificate_id
    )
    if exited_on is not None:
        raise MappingCertificateExited(exited_on=str(exited_on))


async def refuse_exited_of(session: AsyncSession, mapping: Mapping, stakes: Stakes | None = None) -> None:
    """Refuse a further step of a rule whose certificate the college has given up meanwhile."""
    found = stakes or await queries.get_stakes(session, mapping)
    await refuse_exited(
        session,
        institution_id=mapping.institution_id,
        college_id=found.college_id,
        certificate_id=found.certificate_id,
    )


_STATE = (
    "state",
    "content_hash",
    "college_agreed_hash",
    "organisation_agreed_hash",
    "filing_number",
    "filed_on",
    "effective_from",
    "effective_to",
    "published_at",
)
"""What deeds change in a rule; of its content the hash tells."""


def state_of(mapping: Mapping) -> dict[str, object]:
    """Take down how far a rule is, for the record."""
    return changes.fields_of(mapping, *_STATE)


async def record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    mapping: Mapping,
    *,
    before: dict[str, object] | None = None,
    **detail: object,
) -> None:
    """Write down a deed on a rule."""
    await audit.record(
        session,
        actor,
        deed,
        institution_id=mapping.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=mapping.id,
        detail=detail,
        before=before,
        after=state_of(mapping),
    )


async def record_edit(
    session: AsyncSession, actor: Actor, mapping: Mapping, *, before: dict[str, object], was_agreed: bool
) -> None:
    """Write down that a rule says something else now, and tell the organisation when that undid an agreement."""
    if was_agreed:
        await _announce(session, actor, EventKind.MAPPING_REOPENED, mapping, content_hash=mapping.content_hash)
    await record(session, actor, "edit_mapping", mapping, before=before)


async def _announce(session: AsyncSession, actor: Actor, kind: EventKind, mapping: Mapping, **more: object) -> None:
    """Tell the organisation whose certificate the rule converts."""
    stakes = await queries.get_stakes(session, mapping)
    rule = {
        "programme_id": mapping.programme_id,
        "certificate_level_id": mapping.certificate_level_id,
        "version": mapping.version,
    }
    await outbox.announce(
        session,
        actor,
        institution_id=mapping.institution_id,
        organisation_id=stakes.organisation_id,
        kind=kind,
        object_kind=rules.AUDIT_KIND,
        object_id=mapping.id,
        data=rule | more,
    )

"""Showing a rule for objections, raising them, and answering them."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.mappings import queries, rules
from x_pilot_api.mappings.commands import mapping as deeds
from x_pilot_api.mappings.errors import NoticeExists, NoticeStartsInPast, NotOnNotice
from x_pilot_api.mappings.models import MappingNotice, MappingObjection
from x_pilot_api.mappings.rules import OBJECTIONS, WORKFLOW
from x_pilot_api.mappings.schemas import AnswerIn, NoticeIn, ObjectionIn


async def open_notice(
    session: AsyncSession, actor: Actor, *, mapping_id: UUID, notice: NoticeIn, today: date
) -> MappingNotice:
    """Show a filed rule to everybody for objections, until a day."""
    mapping = await queries.lock_office_mapping(session, actor, mapping_id)
    WORKFLOW.target_of("open_notice", state=mapping.state)
    existing = await queries.find_notice(session, mapping)
    if existing is not None:
        raise NoticeExists(starts_on=str(existing.starts_on), ends_on=str(existing.ends_on))
    if notice.starts_on < today:
        raise NoticeStartsInPast(starts_on=str(notice.starts_on), today=str(today))
    limits = await queries.list_limits(session, mapping, on=notice.starts_on)
    rules.check_notice_length(notice.starts_on, notice.ends_on, limits)
    opened = MappingNotice(
        institution_id=mapping.institution_id,
        mapping_id=mapping.id,
        starts_on=notice.starts_on,
        ends_on=notice.ends_on,
        opened_by=actor.id,
    )
    session.add(opened)
    await session.flush()
    await deeds.record(
        session, actor, "open_notice", mapping, starts_on=str(notice.starts_on), ends_on=str(notice.ends_on)
    )
    return opened


async def raise_objection(
    session: AsyncSession, actor: Actor, *, notice_id: UUID, objection: ObjectionIn, today: date
) -> MappingObjection:
    """Object to a rule while it is on notice."""
    notice = await queries.get_notice(session, actor, notice_id)
    # The rule is locked, so that it is not published past an objection that is being raised.
    mapping = await queries.lock_mapping(session, institution_id=notice.institution_id, mapping_id=notice.mapping_id)
    if mapping.state not in queries.ON_SHOW or not rules.is_on_show(notice, today=today):
        raise NotOnNotice(starts_on=str(notice.starts_on), ends_on=str(notice.ends_on), today=str(today))
    raised = MappingObjection(
        institution_id=notice.institution_id,
        notice_id=notice.id,
        raised_by=actor.id,
        text=objection.text,
        state=OBJECTIONS.initial,
    )
    session.add(raised)
    await session.flush()
    await session.refresh(raised)
    await _record(session, actor, "raise_objection", raised, before=None)
    return raised


async def answer_objection(
    session: AsyncSession, actor: Actor, *, objection_id: UUID, answer: AnswerIn
) -> MappingObjection:
    """Answer an objection: uphold it, so that the rule is not published as it is, or dismiss it with a reason."""
    objection = await queries.lock_objection(session, actor, objection_id)
    deed = "uphold" if answer.is_upheld else "dismiss"
    target = OBJECTIONS.target_of(deed, state=objection.state)
    before = changes.fields_of(objection, "state", "answered_at")
    objection.state, objection.answer = target, answer.answer
    objection.answered_by, objection.answered_at = actor.id, clock.now()
    await session.flush()
    await _record(session, actor, f"{deed}_objection", objection, before=before)
    return objection


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    objection: MappingObjection,
    *,
    before: dict[str, object] | None,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=objection.institution_id,
        object_kind=rules.OBJECTION_KIND,
        object_id=objection.id,
        detail={"notice_id": str(objection.notice_id)},
        before=before,
        after=changes.fields_of(objection, "state", "answered_at"),
    )

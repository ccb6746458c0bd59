"""Proposing who holds a post of a college, appointing them, and handing over."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.posts import queries
from x_pilot_api.posts.errors import PersonInChargeThere, PostHeldAlready
from x_pilot_api.posts.models import CollegePost, PostKind
from x_pilot_api.posts.models.posts import HOLDER_ONCE, IN_CHARGE_ONCE
from x_pilot_api.posts.rules import groups
from x_pilot_api.posts.rules import posts as rules
from x_pilot_api.posts.schemas import (
    CollegePostIn,
    PostAppointmentIn,
    PostDeclineIn,
    PostEndIn,
    PostHandoverIn,
    PostHolderIn,
)
from x_pilot_api.registry import queries as registry


async def propose_post(session: AsyncSession, actor: Actor, *, wish: CollegePostIn) -> CollegePost:
    """Propose somebody for a post of a college that the actor acts for."""
    college = await registry.get_own_college(session, actor, wish.college_id)
    holder = await _holder(session, actor, wish.holder)
    post = CollegePost(
        institution_id=college.institution_id,
        college_id=college.id,
        kind=wish.kind,
        state=rules.WORKFLOW.initial,
        teacher_id=holder.teacher_id,
        person_id=holder.person_id,
        held_from=wish.held_from,
        held_to=wish.held_to,
        proposed_by=actor.id,
    )
    session.add(post)
    await session.flush()
    await _record(session, actor, "propose", post, before=None)
    return post


async def appoint_post(session: AsyncSession, actor: Actor, *, post_id: UUID, wish: PostAppointmentIn) -> CollegePost:
    """Appoint who was proposed, by a document; a college has one person in charge on any day."""
    post = await queries.get_post(session, actor, post_id, lock=True)
    target = rules.WORKFLOW.target_of("appoint", state=post.state)
    before = _standing(post)
    await _refuse_clash(session, post)
    try:
        async with db.attempt(session):
            post.state, post.document = target, wish.document
            await session.flush()
    except IntegrityError as error:
        await _tell_clash(session, actor, error, post_id=post_id)
        raise
    await _record(session, actor, "appoint", post, before=before)
    return post


async def decline_post(session: AsyncSession, actor: Actor, *, post_id: UUID, wish: PostDeclineIn) -> CollegePost:
    """Leave a proposal without an appointment, for a reason."""
    post = await queries.get_post(session, actor, post_id, lock=True)
    target = rules.WORKFLOW.target_of("decline", state=post.state)
    before = _standing(post)
    post.state, post.decline_reason = target, wish.reason
    await session.flush()
    await _record(session, actor, "decline", post, before=before)
    return post


async def end_post(session: AsyncSession, actor: Actor, *, post_id: UUID, wish: PostEndIn) -> CollegePost:
    """End a term by a document; the post is empty afterwards unless somebody else holds it."""
    post = await queries.get_post(session, actor, post_id, lock=True)
    rules.WORKFLOW.target_of("end", state=post.state)
    rules.check_end(post, last_day=wish.held_to)
    before = _standing(post)
    post.held_to, post.end_document = wish.held_to, wish.document
    await session.flush()
    await _record(session, actor, "end", post, before=before)
    return post


async def hand_over_post(session: AsyncSession, actor: Actor, *, post_id: UUID, wish: PostHandoverIn) -> CollegePost:
    """End one term on the day before another begins, in one deed, and tell the new one."""
    post = await queries.get_post(session, actor, post_id, lock=True)
    target = rules.WORKFLOW.target_of("hand_over", state=post.state)
    last_day = groups.day_before(wish.held_from)
    rules.check_end(post, last_day=last_day)
    holder = await _holder(session, actor, wish.holder)
    before = _standing(post)
    post.held_to, post.end_document = last_day, wish.document
    await session.flush()
    following = CollegePost(
        institution_id=post.institution_id,
        college_id=post.college_id,
        kind=post.kind,
        state=target,
        teacher_id=holder.teacher_id,
        person_id=holder.person_id,
        held_from=wish.held_from,
        held_to=wish.held_to,
        document=wish.document,
        handover_note=wish.note,
        succeeds_id=post.id,
        proposed_by=actor.id,
    )
    await _refuse_clash(session, following)
    session.add(following)
    await session.flush()
    await _record(session, actor, "end", post, before=before)
    await _record(session, actor, "hand_over", following, before=None)
    return following


async def _holder(session: AsyncSession, actor: Actor, wish: PostHolderIn) -> queries.Holder:
    (holder,) = await queries.find_holders(
        session, actor, [queries.Holder(teacher_id=wish.teacher_id, person_id=wish.person_id)]
    )
    return holder


async def _refuse_clash(session: AsyncSession, post: CollegePost) -> None:
    clash = await queries.find_clash(session, post)
    if clash is None:
        return
    refusal = PersonInChargeThere if post.kind == PostKind.PERSON_IN_CHARGE else PostHeldAlready
    raise refusal(
        held_from=clash.held_from.isoformat(),
        held_to=clash.held_to.isoformat() if clash.held_to else "-",
        post_id=str(clash.id),
    )


async def _tell_clash(session: AsyncSession, actor: Actor, error: IntegrityError, *, post_id: UUID) -> None:
    """Refuse in words what a constraint refused, because somebody was quicker."""
    if db.refused_by(error)[0] in {IN_CHARGE_ONCE, HOLDER_ONCE}:
        await _refuse_clash(session, await queries.get_post(session, actor, post_id, lock=True))


def _standing(post: CollegePost) -> audit.State:
    return changes.fields_of(post, "state", "held_from", "held_to", "document", "end_document")


async def _record(
    session: AsyncSession, actor: Actor, deed: str, post: CollegePost, *, before: audit.State | None
) -> None:
    await audit.record(
        session,
        actor,
        f"{deed}_college_post",
        institution_id=post.institution_id,
        object_kind=rules.AUDIT_KIND,
        object_id=post.id,
        detail={"kind": str(PostKind(post.kind)), "college_id": str(post.college_id)},
        before=before,
        after=_standing(post),
    )

"""Giving a class: drafted, opened, begun, finished, or cancelled."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.registry import queries as registry
from x_pilot_api.social_training import queries, rules
from x_pilot_api.social_training.errors import ClassLevelUnknown, ClassTeachersUnknown
from x_pilot_api.social_training.models import SocialClass, SocialClassTeacher
from x_pilot_api.social_training.schemas import SocialClassChange, SocialClassIn

_FIELDS = ("title", "partner", "hours_tenths", "starts_on", "ends_on", "places")


async def create_class(session: AsyncSession, actor: Actor, *, wish: SocialClassIn) -> SocialClass:
    """Draft a class of a college the actor acts for."""
    college = await registry.get_own_college(session, actor, wish.college_id)
    if not await queries.is_level(session, wish.certificate_level_id):
        raise ClassLevelUnknown(level_id=str(wish.certificate_level_id))
    class_ = SocialClass(
        institution_id=college.institution_id,
        college_id=college.id,
        certificate_level_id=wish.certificate_level_id,
        taken=0,
        state=rules.CLASS.initial,
        **wish.model_dump(include=set(_FIELDS)),
    )
    session.add(class_)
    await session.flush()
    await _name_teachers(session, class_, wish.teacher_ids)
    await _record(session, actor, "create_social_class", class_, before=None, teachers=wish.teacher_ids)
    return class_


async def change_class(
    session: AsyncSession, actor: Actor, *, class_id: UUID, wish: SocialClassChange, today: date, if_match: str | None
) -> SocialClass:
    """Change a class as it was read; what has happened in it still has to fit."""
    class_ = await queries.get_class(session, actor, class_id, own=True, lock=True)
    (told,) = await queries.describe_classes(session, actor, [class_], today=today)
    etags.check(told, if_match=if_match)
    rules.check_beside("change", class_)
    before = _standing(class_)
    for name in _FIELDS:
        setattr(class_, name, getattr(wish, name))
    with session.no_autoflush:
        attended = await queries.find_attended_most(session, class_)
        worked = await queries.find_worked_days(session, class_)
    rules.check_change(class_, attended_tenths=attended, worked=worked)
    await session.flush()
    await session.execute(
        delete(SocialClassTeacher).where(
            SocialClassTeacher.institution_id == class_.institution_id,
            SocialClassTeacher.social_class_id == class_.id,
        )
    )
    await _name_teachers(session, class_, wish.teacher_ids)
    await _record(session, actor, "change_social_class", class_, before=before, teachers=wish.teacher_ids)
    return class_


async def open_class(session: AsyncSession, actor: Actor, *, class_id: UUID) -> SocialClass:
    """Let people take part."""
    return await _move(session, actor, "open", await _lock(session, actor, class_id))


async def start_class(session: AsyncSession, actor: Actor, *, class_id: UUID, today: date) -> SocialClass:
    """Begin a class that somebody takes part in, on its first day or later."""
    class_ = await _lock(session, actor, class_id)
    rules.CLASS.target_of("start", state=class_.state)
    rules.check_started(class_, today=today)
    return await _move(session, actor, "start", class_)


async def finish_class(session: AsyncSession, actor: Actor, *, class_id: UUID) -> SocialClass:
    """Finish a class in which everybody has a result."""
    class_ = await _lock(session, actor, class_id)
    rules.CLASS.target_of("finish", state=class_.state)
    rules.check_finished(missing=await queries.find_missing_results(session, class_))
    return await _move(session, actor, "finish", class_)


async def cancel_class(session: AsyncSession, actor: Actor, *, class_id: UUID, reason: str) -> SocialClass:
    """Cancel a class; work that was done for it stays."""
    class_ = await _lock(session, actor, class_id)
    rules.CLASS.target_of("cancel", state=class_.state)
    class_.reason = reason
    return await _move(session, actor, "cancel", class_)


async def _lock(session: AsyncSession, actor: Actor, class_id: UUID) -> SocialClass:
    return await queries.get_class(session, actor, class_id, own=True, lock=True)


async def _move(session: AsyncSession, actor: Actor, deed: str, class_: SocialClass) -> SocialClass:
    target, before = rules.CLASS.target_of(deed, state=class_.state), _standing(class_)
    class_.state = target
    await session.flush()
    await _record(session, actor, f"{deed}_social_class", class_, before=before)
    return class_


async def _name_teachers(session: AsyncSession, class_: SocialClass, teacher_ids: Sequence[UUID]) -> None:
    if not teacher_ids:
        return
    unknown = await queries.list_inactive_teachers(
        session, institution_id=class_.institution_id, teacher_ids=teacher_ids
    )
    if unknown:
        raise ClassTeachersUnknown(teacher_ids=", ".join(str(each) for each in unknown))
    of = {"institution_id": class_.institution_id, "social_class_id": class_.id}
    await session.execute(insert(SocialClassTeacher), [of | {"teacher_id": each} for each in sorted(teacher_ids)])


def _standing(class_: SocialClass) -> audit.State:
    return changes.fields_of(class_, "state", "reason", *_FIELDS)


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    class_: SocialClass,
    *,
    before: audit.State | None,
    teachers: Sequence[UUID] | None = None,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=class_.institution_id,
        object_kind=rules.CLASS_KIND,
        object_id=class_.id,
        detail={} if teachers is None else {"teacher_ids": sorted(str(each) for each in teachers)},
        before=before,
        after=_standing(class_),
    )

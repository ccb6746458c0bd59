"""Arranging sittings: rooms of an approved site, examiners, and nobody and nothing twice at one time."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.dialects.postgresql import insert as insert_unless
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, clock, db, etags, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import AppError, Fault, NotFound
from x_pilot_api.core.languages import Both
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.commands import charging, guaranteeing
from x_pilot_api.exams.errors import (
    ExaminerTaken,
    LevelNotInPlan,
    RoomTaken,
    RoomUnfit,
    SiteNotApproved,
    SittingCodeTaken,
)
from x_pilot_api.exams.models import ExamPlan, ExamPlanLevel, ExamSitting, SittingExaminer, SittingRoom
from x_pilot_api.exams.rules import SITTING_KIND, SITTING_WORKFLOW
from x_pilot_api.exams.schemas import SittingChange, SittingExaminerIn, SittingIn, SittingRoomIn
from x_pilot_api.outbox import commands as outbox
from x_pilot_api.outbox.schemas import EventKind
from x_pilot_api.registry.models import Teacher
from x_pilot_api.sites import queries as sites
from x_pilot_api.sites import rules as sites_rules

# Who arranges sittings of one institution waits for each other ("EXAM" in ASCII): two that name the same rooms and
# examiners in another order would else wait for each other in a ring, and one be refused without a reason.
_TURN = text(f"SELECT pg_advisory_xact_lock({0x4558414D}, hashtext(CAST(CAST(:institution_id AS uuid) AS text)))")

_ROOM_ONCE = "sitting_rooms_once_at_a_time_excl"
_EXAMINER_ONCE = frozenset(
    {"sitting_examiners_teacher_once_at_a_time_excl", "sitting_examiners_outsider_once_at_a_time_excl"}
)
_UNKNOWN = "—"
_FIELDS = ("site_id", "code", "starts_at", "ends_at", "seats")


async def arrange_sitting(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, wish: SittingIn, timezone: str
) -> ExamSitting:
    """Arrange a sitting of a level of a locked plan."""
    rules.check_running(plan)
    await _refuse_foreign_level(session, plan, wish.certificate_level_id)
    held_on = _check_time(plan, wish, timezone)
    await session.execute(_TURN, {"institution_id": plan.institution_id})
    made = await session.scalars(
        insert_unless(ExamSitting)
        .values(
            institution_id=plan.institution_id,
            exam_plan_id=plan.id,
            certificate_level_id=wish.certificate_level_id,
            site_id=await _hold_site(session, plan, wish.site_id),
            code=wish.code,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            seats=_seats(wish),
        )
        .on_conflict_do_nothing(index_elements=["institution_id", "exam_plan_id", "code"])
        .returning(ExamSitting)
    )
    sitting = made.one_or_none()
    if sitting is None:
        raise SittingCodeTaken(sitting=wish.code)
    await _occupy(session, actor, sitting, wish, held_on=held_on)
    await _record(session, actor, "arrange_sitting", sitting, organisation_id=plan.organisation_id)
    return sitting


async def change_sitting(
    session: AsyncSession, actor: Actor, *, sitting_id: UUID, wish: SittingChange, if_match: str | None, timezone: str
) -> ExamSitting:
    """Arrange a sitting anew that has not begun; it keeps the seats that registrations hold."""
    plan, sitting = await _locked(session, actor, sitting_id)
    (now,) = await queries.describe_sittings(session, actor, [sitting])
    etags.check(now, if_match=if_match)
    rules.check_running(plan)
    SITTING_WORKFLOW.target_of("change", state=now.state)
    held_on = _check_time(plan, wish, timezone)
    await _refuse_code(session, sitting, wish.code)
    before = changes.fields_of(sitting, *_FIELDS)
    sitting.site_id = await _hold_site(session, plan, wish.site_id)
    sitting.code, sitting.starts_at, sitting.ends_at, sitting.seats = (
        wish.code,
        wish.starts_at,
        wish.ends_at,
        _seats(wish),
    )
    for held in (SittingRoom, SittingExaminer):
        await session.execute(
            delete(held).where(held.institution_id == sitting.institution_id, held.sitting_id == sitting.id)
        )
    await _occupy(session, actor, sitting, wish, held_on=held_on)
    await _record(session, actor, "change_sitting", sitting, organisation_id=plan.organisation_id, before=before)
    return sitting


async def cancel_sitting(session: AsyncSession, actor: Actor, *, sitting_id: UUID, reason: str) -> ExamSitting:
    """Let a sitting not be held; its rooms and examiners are free again."""
    plan, sitting = await _locked(session, actor, sitting_id)
    SITTING_WORKFLOW.target_of("cancel", state=rules.sitting_state(sitting, now=clock.now()))
    await release_sitting(session, actor, sitting=sitting, organisation_id=plan.organisation_id, reason=reason)
    return sitting


async def release_sitting(
    session: AsyncSession, actor: Actor, *, sitting: ExamSitting, organisation_id: UUID, reason: str
) -> None:
    """Cancel a locked sitting, on record and announced; who has a seat in it keeps their registration."""
    sitting.cancelled_at, sitting.cancellation_reason = clock.now(), reason
    await session.flush()
    for held in (SittingRoom, SittingExaminer):
        of_sitting = (held.institution_id == sitting.institution_id, held.sitting_id == sitting.id)
        await session.execute(update(held).where(*of_sitting).values(is_released=True))
    await guaranteeing.restore_sitting(session, actor, sitting=sitting)
    await charging.undo_sitting(session, actor, sitting=sitting, reason=reason)
    await audit.record(
        session,
        actor,
        "cancel_sitting",
        institution_id=sitting.institution_id,
        object_kind=SITTING_KIND,
        object_id=sitting.id,
        detail={"code": sitting.code, "reason": reason, "taken": sitting.taken},
    )
    await outbox.announce(
        session,
        actor,
        institution_id=sitting.institution_id,
        organisation_id=organisation_id,
        kind=EventKind.EXAM_SITTING_CANCELLED,
        object_kind=SITTING_KIND,
        object_id=sitting.id,
        data={
            "exam_plan_id": sitting.exam_plan_id,
            "certificate_level_id": sitting.certificate_level_id,
            "code": sitting.code,
            "taken": sitting.taken,
        },
    )


async def _locked(session: AsyncSession, actor: Actor, sitting_id: UUID) -> tuple[ExamPlan, ExamSitting]:
    """Lock a visible sitting behind its plan, in the order in which everybody does."""
    seen = await queries.get_sitting(session, actor, sitting_id)
    plan = await queries.get_plan(session, actor, seen.exam_plan_id, lock=True)
    await session.execute(_TURN, {"institution_id": plan.institution_id})
    return plan, await queries.lock_sitting(session, seen)


def _seats(wish: SittingChange) -> int:
    return sum(room.seats for room in wish.rooms)


def _check_time(plan: ExamPlan, wish: SittingChange, timezone: str) -> date:
    """Tell the day on which a sitting is held, if it can be."""
    held_on = wish.starts_at.astimezone(ZoneInfo(timezone)).date()
    rules.check_time(wish.starts_at, held_on=held_on, exam_on=plan.exam_on, now=clock.now())
    return held_on


async def _refuse_foreign_level(session: AsyncSession, plan: ExamPlan, level_id: UUID) -> None:
    if await session.get(ExamPlanLevel, (plan.institution_id, plan.id, level_id)) is None:
        raise LevelNotInPlan(plan_code=plan.code)


async def _refuse_code(session: AsyncSession, sitting: ExamSitting, code: str) -> None:
    other = select(ExamSitting.id).where(
        ExamSitting.institution_id == sitting.institution_id,
        ExamSitting.exam_plan_id == sitting.exam_plan_id,
        ExamSitting.code == code,
        ExamSitting.id != sitting.id,
    )
    if await session.scalar(other) is not None:
        raise SittingCodeTaken(sitting=code)


async def _hold_site(session: AsyncSession, plan: ExamPlan, site_id: UUID) -> UUID:
    """Let nobody decide on a site, or change its rooms, while a sitting is arranged there."""
    site = await sites.hold_site(session, institution_id=plan.institution_id, site_id=site_id)
    if site is None or site.organisation_id != plan.organisation_id:
        raise NotFound(what="assessment site", zh="考核站点")
    return site.id


async def _occupy(
    session: AsyncSession, actor: Actor, sitting: ExamSitting, wish: SittingChange, *, held_on: date
) -> None:
    """Take rooms and examiners for a sitting; whether they are free the database alone decides."""
    await _check_room(session, sitting, wish.rooms, held_on=held_on)
    await session.flush()
    at = {
        "institution_id": sitting.institution_id,
        "sitting_id": sitting.id,
        "during": Range(sitting.starts_at, sitting.ends_at),
    }
    rooms = [at | {"room_id": room.room_id, "seats": room.seats} for room in wish.rooms]
    examiners = [at | _named(examiner) for examiner in wish.examiners]
    await _refuse_strangers(session, sitting, wish.examiners)
    try:
        async with db.attempt(session):
            await session.execute(insert(SittingRoom), rooms)
            if examiners:
                await session.execute(insert(SittingExaminer), examiners)
    except IntegrityError as error:
        constraint, _ = db.refused_by(error)
        if constraint == _ROOM_ONCE:
            raise await _room_taken(session, actor, sitting, wish.rooms) from None
        if constraint in _EXAMINER_ONCE:
            raise await _examiner_taken(session, actor, sitting, wish.examiners) from None
        raise


def _named(examiner: SittingExaminerIn) -> dict[str, object]:
    return {
        "teacher_id": examiner.teacher_id,
        "outsider_name": examiner.name,
        "outsider_employer": examiner.employer,
        "duty": examiner.duty,
    }


async def _check_room(
    session: AsyncSession, sitting: ExamSitting, wishes: Sequence[SittingRoomIn], *, held_on: date
) -> None:
    """Refuse a site that is not approved for the level and day, rooms that do not fit, and too many at one time."""
    level = await sites.find_level(
        session,
        institution_id=sitting.institution_id,
        site_id=sitting.site_id,
        certificate_level_id=sitting.certificate_level_id,
    )
    if level is None or not sites_rules.is_valid(level, on=held_on):
        state = "not_applied" if level is None else level.state
        raise SiteNotApproved(held_on=held_on.isoformat(), state=state)
    known = await sites.find_rooms(session, institution_id=sitting.institution_id, site_id=sitting.site_id)
    faults = [
        rules.room_fault(index, code, language=languages.spoken())
        for index, wish in enumerate(wishes)
        if (code := rules.why_unfit(known.get(wish.room_id), seats=wish.seats)) is not None
    ]
    if faults:
        raise RoomUnfit(rooms=len(faults), faults=faults)
    arranged = await queries.count_seats_at(session, sitting)
    rules.check_seats(sitting.seats, taken=sitting.taken, arranged=arranged, capacity=level.capacity)


async def _refuse_strangers(
    session: AsyncSession, sitting: ExamSitting, examiners: Sequence[SittingExaminerIn]
) -> None:
    """Refuse a teacher whom the institution does not have, or no longer."""
    wanted = {examiner.teacher_id for examiner in examiners if examiner.teacher_id is not None}
    found = await session.scalars(
        select(Teacher.id).where(
            Teacher.institution_id == sitting.institution_id, Teacher.id.in_(wanted), Teacher.is_active
        )
    )
    if wanted - set(found.all()):
        raise NotFound(what="teacher", zh="教师")


async def _room_taken(
    session: AsyncSession, actor: Actor, sitting: ExamSitting, wishes: Sequence[SittingRoomIn]
) -> RoomTaken:
    """Say which room is taken by which other sitting."""
    ids = [wish.room_id for wish in wishes]
    clash = await queries.find_room_clash(session, actor, sitting, ids)
    at = clash or queries.Clash(ids[0], None, sitting.starts_at, sitting.ends_at)
    known = await sites.find_rooms(session, institution_id=sitting.institution_id, site_id=sitting.site_id)
    index = next(place for place, room_id in enumerate(ids) if room_id == at.key)
    return RoomTaken(
        room=known[ids[index]].code,
        **_when(at),
        faults=[_fault(f"/rooms/{index}/room_id", RoomTaken)],
    )


async def _examiner_taken(
    session: AsyncSession, actor: Actor, sitting: ExamSitting, wishes: Sequence[SittingExaminerIn]
) -> ExaminerTaken:
    """Say who serves elsewhere: a teacher by the staff number, somebody from outside by their place in the list."""
    keys = [wish.teacher_id or (wish.name or "", wish.employer or "") for wish in wishes]
    twice = next((key for key in keys if keys.count(key) > 1), keys[0])
    clash = await queries.find_examiner_clash(session, actor, sitting, wishes)
    at = clash or queries.Clash(twice, sitting.code, sitting.starts_at, sitting.ends_at)
    index = keys.index(at.key)
    number = await session.scalar(
        select(Teacher.staff_number).where(
            Teacher.institution_id == sitting.institution_id, Teacher.id == wishes[index].teacher_id
        )
    )
    return ExaminerTaken(
        examiner=number or f"#{index + 1}",
        **_when(at),
        faults=[_fault(f"/examiners/{index}", ExaminerTaken)],
    )


def _fault(pointer: str, refusal: type[AppError]) -> Fault:
    detail = Both(refusal.title_zh, refusal.title_en).said_in(languages.spoken())
    return Fault(pointer=pointer, code=refusal.code, detail=detail, blocking=True)


def _when(clash: queries.Clash) -> dict[str, str]:
    return {
        "sitting": clash.sitting or _UNKNOWN,
        "starts_at": clash.starts_at.isoformat(),
        "ends_at": clash.ends_at.isoformat(),
    }


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    sitting: ExamSitting,
    *,
    organisation_id: UUID,
    before: audit.State | None = None,
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=sitting.institution_id,
        object_kind=SITTING_KIND,
        object_id=sitting.id,
        detail={"exam_plan_id": str(sitting.exam_plan_id)},
        before=before,
        after=changes.fields_of(sitting, *_FIELDS),
    )
    await outbox.announce(
        session,
        actor,
        institution_id=sitting.institution_id,
        organisation_id=organisation_id,
        kind=EventKind.EXAM_SITTING_ARRANGED,
        object_kind=SITTING_KIND,
        object_id=sitting.id,
        data=changes.fields_of(sitting, "exam_plan_id", "certificate_level_id", *_FIELDS),
    )

"""Reading sittings; who sees a plan and a site sees the sittings there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate, CertificateLevel
from x_pilot_api.core import clock, lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import ExaminerDuty, ExamPlan, ExamSitting, SittingExaminer, SittingRoom
from x_pilot_api.exams.queries import plans as planned
from x_pilot_api.exams.schemas import SittingExaminerIn, SittingExaminerOut, SittingOut, SittingRoomOut
from x_pilot_api.registry.models import Teacher
from x_pilot_api.sites import queries as sites
from x_pilot_api.sites.models import AssessmentSite, Room

Key = tuple[UUID, UUID]


@dataclass(frozen=True)
class Clash:
    """Who or what is in two sittings at one time, and in which other one."""

    key: UUID | tuple[str, str]
    sitting: str | None
    """The other sitting's code; null where the actor may not know of it."""
    starts_at: datetime
    ends_at: datetime


def sittings_visible_to(actor: Actor) -> Select[ExamSitting]:
    """Select the sittings of plans and at sites that an actor may see: a college's own and shared ones."""
    plans = planned.plans_visible_to(actor).with_only_columns(ExamPlan.institution_id, ExamPlan.id)
    places = sites.visible_sites(actor).with_only_columns(AssessmentSite.institution_id, AssessmentSite.id)
    return select(ExamSitting).where(
        tuple_(ExamSitting.institution_id, ExamSitting.exam_plan_id).in_(plans),
        tuple_(ExamSitting.institution_id, ExamSitting.site_id).in_(places),
    )


async def get_sitting(session: AsyncSession, actor: Actor, sitting_id: UUID) -> ExamSitting:
    """Read one visible sitting."""
    return await lookups.get_one(
        session, sittings_visible_to(actor).where(ExamSitting.id == sitting_id), what="exam sitting", zh="考核场次"
    )


async def lock_sitting(session: AsyncSession, sitting: ExamSitting) -> ExamSitting:
    """Lock a sitting and read it as it is now, with the seats that are taken."""
    statement = (
        select(ExamSitting)
        .where(ExamSitting.institution_id == sitting.institution_id, ExamSitting.id == sitting.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one()


async def list_sittings(
    session: AsyncSession, actor: Actor, plan: ExamPlan, *, wish: PageWish
) -> tuple[Sequence[ExamSitting], str | None]:
    """List the visible sittings of a plan as they follow each other."""
    statement = sittings_visible_to(actor).where(
        ExamSitting.institution_id == plan.institution_id, ExamSitting.exam_plan_id == plan.id
    )
    return await page_of(session, statement, order=(ExamSitting.starts_at, ExamSitting.id), wish=wish)


async def list_live_sittings(session: AsyncSession, plan: ExamPlan) -> Sequence[ExamSitting]:
    """Lock the sittings of a plan that are not cancelled, in the order of their ids."""
    statement = (
        select(ExamSitting)
        .where(
            ExamSitting.institution_id == plan.institution_id,
            ExamSitting.exam_plan_id == plan.id,
            ExamSitting.cancelled_at.is_(None),
        )
        .order_by(ExamSitting.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def count_seats_at(session: AsyncSession, sitting: ExamSitting) -> int:
    """Add up the seats that other sittings of the level use at the site while this one is held."""
    statement = select(func.coalesce(func.sum(ExamSitting.seats), 0)).where(
        ExamSitting.institution_id == sitting.institution_id,
        ExamSitting.site_id == sitting.site_id,
        ExamSitting.certificate_level_id == sitting.certificate_level_id,
        ExamSitting.id != sitting.id,
        ExamSitting.cancelled_at.is_(None),
        ExamSitting.starts_at < sitting.ends_at,
        ExamSitting.ends_at > sitting.starts_at,
    )
    return int((await session.execute(statement)).scalar_one())


async def find_room_clash(
    session: AsyncSession, actor: Actor, sitting: ExamSitting, room_ids: Sequence[UUID]
) -> Clash | None:
    """Find a room that another sitting uses while this one is held."""
    return await _find_clash(
        session, actor, sitting, SittingRoom, (SittingRoom.room_id,), SittingRoom.room_id.in_(room_ids)
    )


async def find_examiner_clash(
    session: AsyncSession, actor: Actor, sitting: ExamSitting, examiners: Sequence[SittingExaminerIn]
) -> Clash | None:
    """Find an examiner who serves at another sitting while this one is held."""
    teachers = [examiner.teacher_id for examiner in examiners if examiner.teacher_id is not None]
    by_teacher = await _find_clash(
        session,
        actor,
        sitting,
        SittingExaminer,
        (SittingExaminer.teacher_id,),
        SittingExaminer.teacher_id.in_(teachers),
    )
    if by_teacher is not None:
        return by_teacher
    named = (SittingExaminer.outsider_name, SittingExaminer.outsider_employer)
    outsiders = [(examiner.name, examiner.employer) for examiner in examiners if examiner.name]
    return await _find_clash(session, actor, sitting, SittingExaminer, named, tuple_(*named).in_(outsiders))


async def _find_clash(
    session: AsyncSession,
    actor: Actor,
    sitting: ExamSitting,
    held: type[SittingRoom | SittingExaminer],
    key: Sequence[Any],
    wanted: ColumnElement[bool],
) -> Clash | None:
    known = planned.plans_visible_to(actor).with_only_columns(ExamPlan.id)
    statement = (
        select(
            *key,
            ExamSitting.code,
            ExamSitting.starts_at,
            ExamSitting.ends_at,
            ExamSitting.exam_plan_id.in_(known).label("is_known"),
        )
        .join(
            ExamSitting,
            and_(ExamSitting.institution_id == held.institution_id, ExamSitting.id == held.sitting_id),
        )
        .where(
            held.institution_id == sitting.institution_id,
            held.sitting_id != sitting.id,
            held.is_released.is_(False),
            ExamSitting.starts_at < sitting.ends_at,
            ExamSitting.ends_at > sitting.starts_at,
            wanted,
        )
        .order_by(ExamSitting.starts_at, ExamSitting.id)
        .limit(1)
    )
    row = (await session.execute(statement)).one_or_none()
    if row is None:
        return None
    named = row[0] if len(key) == 1 else (row[0], row[1])
    return Clash(named, row.code if row.is_known else None, row.starts_at, row.ends_at)


async def describe_sittings(session: AsyncSession, actor: Actor, sittings: Sequence[ExamSitting]) -> list[SittingOut]:
    """Tell sittings with their rooms and examiners, in four statements however many they are."""
    keys = [(sitting.institution_id, sitting.id) for sitting in sittings]
    places = await _sites_of(session, sittings)
    levels = await _levels_of(session, sittings)
    rooms, examiners = await _rooms_of(session, keys), await _examiners_of(session, keys)
    now = clock.now()
    return [
        SittingOut(
            id=sitting.id,
            institution_id=sitting.institution_id,
            exam_plan_id=sitting.exam_plan_id,
            certificate_level_id=sitting.certificate_level_id,
            certificate_name=levels[sitting.certificate_level_id].name,
            level=levels[sitting.certificate_level_id].level,
            site_id=sitting.site_id,
            site_name=places[sitting.institution_id, sitting.site_id].name,
            address=places[sitting.institution_id, sitting.site_id].address,
            college_id=places[sitting.institution_id, sitting.site_id].college_id,
            is_shared=places[sitting.institution_id, sitting.site_id].is_shared,
            code=sitting.code,
            state=rules.sitting_state(sitting, now=now),
            starts_at=sitting.starts_at,
            ends_at=sitting.ends_at,
            seats=sitting.seats,
            taken=sitting.taken,
            left=sitting.seats - sitting.taken,
            cancelled_at=sitting.cancelled_at,
            cancellation_reason=sitting.cancellation_reason,
            rooms=rooms.get((sitting.institution_id, sitting.id), []),
            examiners=examiners.get((sitting.institution_id, sitting.id), []),
            allowed_deeds=rules.sitting_deeds(actor, sitting, now=now),
        )
        for sitting in sittings
    ]


async def _sites_of(session: AsyncSession, sittings: Sequence[ExamSitting]) -> dict[Key, AssessmentSite]:
    keys = [(sitting.institution_id, sitting.site_id) for sitting in sittings]
    statement = select(AssessmentSite).where(tuple_(AssessmentSite.institution_id, AssessmentSite.id).in_(keys))
    return {(site.institution_id, site.id): site for site in await session.scalars(statement)}


async def _levels_of(session: AsyncSession, sittings: Sequence[ExamSitting]) -> dict[UUID, Row[UUID, str, str]]:
    statement = (
        select(CertificateLevel.id, CertificateLevel.level, Certificate.name)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .where(CertificateLevel.id.in_({sitting.certificate_level_id for sitting in sittings}))
    )
    return {row.id: row for row in (await session.execute(statement)).all()}


async def _rooms_of(session: AsyncSession, keys: Sequence[Key]) -> dict[Key, list[SittingRoomOut]]:
    statement = (
        select(SittingRoom.institution_id, SittingRoom.sitting_id, Room.id, Room.code, Room.name, SittingRoom.seats)
        .join(Room, and_(Room.institution_id == SittingRoom.institution_id, Room.id == SittingRoom.room_id))
        .where(tuple_(SittingRoom.institution_id, SittingRoom.sitting_id).in_(keys))
        .order_by(Room.code)
    )
    found: dict[Key, list[SittingRoomOut]] = {}
    for row in (await session.execute(statement)).all():
        found.setdefault((row.institution_id, row.sitting_id), []).append(
            SittingRoomOut(room_id=row.id, code=row.code, name=row.name, seats=row.seats)
        )
    return found


async def _examiners_of(session: AsyncSession, keys: Sequence[Key]) -> dict[Key, list[SittingExaminerOut]]:
    statement = (
        select(SittingExaminer, Teacher.name)
        .outerjoin(
            Teacher,
            and_(Teacher.institution_id == SittingExaminer.institution_id, Teacher.id == SittingExaminer.teacher_id),
        )
        .where(tuple_(SittingExaminer.institution_id, SittingExaminer.sitting_id).in_(keys))
        .order_by(SittingExaminer.duty, SittingExaminer.id)
    )
    found: dict[Key, list[SittingExaminerOut]] = {}
    for examiner, teacher_name in (await session.execute(statement)).all():
        found.setdefault((examiner.institution_id, examiner.sitting_id), []).append(
            SittingExaminerOut(
                teacher_id=examiner.teacher_id,
                name=teacher_name or examiner.outsider_name or "",
                employer=examiner.outsider_employer,
                duty=ExaminerDuty(examiner.duty),
            )
        )
    return found

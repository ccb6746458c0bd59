"""Reading seed teachers: an office all, a coordinator their colleges', a teacher their own."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from x_pilot_api.certificates.models import Level
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.qualifications import rules
from x_pilot_api.qualifications.models import (
    CertificateCategory,
    SeedTeacher,
    SeedTeacherState,
    StoredSeedState,
    TeacherQualification,
)
from x_pilot_api.qualifications.schemas import SeedTeacherOut
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import College, Teacher


def seeds_visible_to(actor: Actor) -> Select[SeedTeacher]:
    """Select the seed teachers among the teachers an actor may see."""
    if actor.institution_id is None:
        return select(SeedTeacher).where(false())
    teachers = registry.visible_teachers(actor).with_only_columns(Teacher.id)
    return select(SeedTeacher).where(
        SeedTeacher.institution_id == actor.institution_id, SeedTeacher.teacher_id.in_(teachers)
    )


async def get_seed(session: AsyncSession, actor: Actor, seed_id: UUID, *, lock: bool = False) -> SeedTeacher:
    """Read one seed teacher, locked when something is to be done about them."""
    statement = seeds_visible_to(actor).where(SeedTeacher.id == seed_id)
    if lock:
        statement = statement.with_for_update(key_share=True, of=SeedTeacher)
        statement = statement.execution_options(populate_existing=True)
    return await lookups.get_one(session, statement, what="seed teacher", zh="种子教师")


async def hold_seed(session: AsyncSession, actor: Actor, seed_id: UUID) -> SeedTeacher:
    """Read one seed teacher and keep others from revoking them until the transaction ends."""
    statement = seeds_visible_to(actor).where(SeedTeacher.id == seed_id)
    statement = statement.with_for_update(read=True, of=SeedTeacher).execution_options(populate_existing=True)
    return await lookups.get_one(session, statement, what="seed teacher", zh="种子教师")


async def list_seeds(
    session: AsyncSession,
    actor: Actor,
    *,
    today: date,
    teacher_id: UUID | None,
    college_id: UUID | None,
    certificate_category_id: UUID | None,
    tier: Level | None,
    state: SeedTeacherState | None,
    wish: PageWish,
) -> tuple[Sequence[SeedTeacher], str | None]:
    """List visible seed teachers as they were nominated."""
    statement = seeds_visible_to(actor)
    asked: tuple[tuple[Any, object], ...] = (
        (SeedTeacher.teacher_id, teacher_id),
        (SeedTeacher.certificate_category_id, certificate_category_id),
        (SeedTeacher.tier, tier),
    )
    for column, value in asked:
        if value is not None:
            statement = statement.where(column == value)
    if college_id is not None:
        of_college = select(Teacher.id).where(
            Teacher.institution_id == actor.institution_id, Teacher.college_id == college_id
        )
        statement = statement.where(SeedTeacher.teacher_id.in_(of_college))
    if state is not None:
        statement = statement.where(_is_in(state, today))
    return await page_of(session, statement, order=(SeedTeacher.id,), wish=wish)


def _is_in(state: SeedTeacherState, today: date) -> ColumnElement[bool]:
    by_the_day = {
        SeedTeacherState.CERTIFIED: SeedTeacher.valid_from > today,
        SeedTeacherState.ACTIVE: and_(SeedTeacher.valid_from <= today, SeedTeacher.valid_until >= today),
        SeedTeacherState.LAPSED: SeedTeacher.valid_until < today,
    }
    if state in by_the_day:
        return and_(SeedTeacher.state == StoredSeedState.CERTIFIED, by_the_day[state])
    return SeedTeacher.state == state


def _named(seeds: Sequence[SeedTeacher]) -> Select[*tuple[Any, ...]]:
    keys = [(each.institution_id, each.id) for each in seeds]
    later = aliased(SeedTeacher)
    vouched = (
        select(func.count())
        .where(
            TeacherQualification.institution_id == SeedTeacher.institution_id,
            TeacherQualification.seed_teacher_id == SeedTeacher.id,
        )
        .scalar_subquery()
    )
    renewed = exists().where(
        later.institution_id == SeedTeacher.institution_id,
        later.renews_id == SeedTeacher.id,
        later.state.in_([StoredSeedState.NOMINATED, StoredSeedState.CERTIFIED]),
    )
    return (
        select(
            SeedTeacher.id,
            Teacher.staff_number,
            Teacher.name.label("teacher_name"),
            Teacher.college_id,
            College.name.label("college_name"),
            CertificateCategory.name.label("category_name"),
            vouched.label("vouched"),
            renewed.label("is_renewed"),
        )
        .join(Teacher, and_(Teacher.institution_id == SeedTeacher.institution_id, Teacher.id == SeedTeacher.teacher_id))
        .join(College, and_(College.institution_id == Teacher.institution_id, College.id == Teacher.college_id))
        .join(
            CertificateCategory,
            and_(
                CertificateCategory.institution_id == SeedTeacher.institution_id,
                CertificateCategory.id == SeedTeacher.certificate_category_id,
            ),
        )
        .where(tuple_(SeedTeacher.institution_id, SeedTeacher.id).in_(keys))
    )


async def describe_seeds(
    session: AsyncSession, actor: Actor, seeds: Sequence[SeedTeacher], *, today: date
) -> list[SeedTeacherOut]:
    """Tell seed teachers with the names people read, in one statement however many."""
    if not seeds:
        return []
    named = {row.id: row for row in (await session.execute(_named(seeds))).all()}
    return [_told(actor, seed, named[seed.id], today=today) for seed in seeds]


def _told(actor: Actor, seed: SeedTeacher, named: Row[*tuple[Any, ...]], *, today: date) -> SeedTeacherOut:
    return SeedTeacherOut(
        id=seed.id,
        teacher_id=seed.teacher_id,
        staff_number=named.staff_number,
        teacher_name=named.teacher_name,
        college_id=named.college_id,
        college_name=named.college_name,
        certificate_category_id=seed.certificate_category_id,
        category_name=named.category_name,
        tier=Level(seed.tier),
        state=rules.seed_state(seed, today=today),
        evidence=seed.evidence,
        evidence_references=seed.evidence_references,
        renews_id=seed.renews_id,
        nominated_at=seed.nominated_at,
        decided_at=seed.decided_at,
        document_number=seed.document_number,
        valid_from=seed.valid_from,
        valid_until=seed.valid_until,
        reason=seed.reason,
        revoked_on=seed.revoked_on,
        vouched=named.vouched,
        allowed_deeds=rules.seed_deeds(actor, seed, today=today, is_renewed=named.is_renewed),
    )

"""Reading who may teach or examine which level: by institution, or an organisation's own certificates."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from x_pilot_api.certificates import queries as certificates
from x_pilot_api.certificates.models import Certificate, CertificateLevel, Level
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.qualifications import rules
from x_pilot_api.qualifications.models import (
    QualificationKind,
    QualificationState,
    SeedTeacher,
    TeacherQualification,
)
from x_pilot_api.qualifications.schemas import TeacherQualificationOut
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import College, Teacher


def qualifications_visible_to(actor: Actor) -> Select[TeacherQualification]:
    """Select what the teachers may do that an actor may see; an organisation sees who examines its certificates."""
    if actor.organisation_id is not None:
        return select(TeacherQualification).where(
            TeacherQualification.certificate_level_id.in_(certificates.levels_of(actor.organisation_id)),
            TeacherQualification.kind == QualificationKind.EXAMINE,
        )
    if actor.institution_id is None:
        return select(TeacherQualification).where(false())
    teachers = registry.visible_teachers(actor).with_only_columns(Teacher.id)
    return select(TeacherQualification).where(
        TeacherQualification.institution_id == actor.institution_id, TeacherQualification.teacher_id.in_(teachers)
    )


async def lock_qualification(session: AsyncSession, actor: Actor, qualification_id: UUID) -> TeacherQualification:
    """Lock one qualification that is to be revoked."""
    statement = (
        qualifications_visible_to(actor)
        .where(TeacherQualification.id == qualification_id)
        .with_for_update(key_share=True, of=TeacherQualification)
        .execution_options(populate_existing=True)
    )
    return await lookups.get_one(session, statement, what="teacher qualification", zh="教师资格")


async def list_qualifications(
    session: AsyncSession,
    actor: Actor,
    *,
    today: date,
    teacher_id: UUID | None,
    college_id: UUID | None,
    certificate_level_id: UUID | None,
    certificate_id: UUID | None,
    kind: QualificationKind | None,
    state: QualificationState | None,
    wish: PageWish,
) -> tuple[Sequence[TeacherQualification], str | None]:
    """List visible qualifications as they were granted."""
    statement = qualifications_visible_to(actor)
    asked: tuple[tuple[Any, object], ...] = (
        (TeacherQualification.teacher_id, teacher_id),
        (TeacherQualification.certificate_level_id, certificate_level_id),
        (TeacherQualification.kind, kind),
    )
    for column, value in asked:
        if value is not None:
            statement = statement.where(column == value)
    if college_id is not None:
        of_college = select(Teacher.institution_id, Teacher.id).where(Teacher.college_id == college_id)
        key = tuple_(TeacherQualification.institution_id, TeacherQualification.teacher_id)
        statement = statement.where(key.in_(of_college))
    if certificate_id is not None:
        levels = select(CertificateLevel.id).where(CertificateLevel.certificate_id == certificate_id)
        statement = statement.where(TeacherQualification.certificate_level_id.in_(levels))
    if state is not None:
        statement = statement.where(_is_in(state, today))
    order = (TeacherQualification.institution_id, TeacherQualification.id)
    return await page_of(session, statement, order=order, wish=wish)


def _is_in(state: QualificationState, today: date) -> ColumnElement[bool]:
    until = TeacherQualification.valid_until
    stands = TeacherQualification.revoked_on.is_(None)
    return {
        QualificationState.REVOKED: TeacherQualification.revoked_on.is_not(None),
        QualificationState.UPCOMING: and_(stands, TeacherQualification.valid_from > today),
        QualificationState.VALID: and_(
            stands, TeacherQualification.valid_from <= today, or_(until.is_(None), until >= today)
        ),
        QualificationState.EXPIRED: and_(stands, until < today),
    }[state]


def _named(rows: Sequence[TeacherQualification]) -> Select[*tuple[Any, ...]]:
    vouching = aliased(Teacher)
    of = TeacherQualification
    return (
        select(
            of.id,
            Teacher.staff_number,
            Teacher.name.label("teacher_name"),
            Teacher.college_id,
            College.name.label("college_name"),
            Certificate.name.label("certificate_name"),
            CertificateLevel.level,
            vouching.name.label("seed_teacher_name"),
        )
        .join(Teacher, and_(Teacher.institution_id == of.institution_id, Teacher.id == of.teacher_id))
        .join(College, and_(College.institution_id == Teacher.institution_id, College.id == Teacher.college_id))
        .join(CertificateLevel, CertificateLevel.id == of.certificate_level_id)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .outerjoin(
            SeedTeacher, and_(SeedTeacher.institution_id == of.institution_id, SeedTeacher.id == of.seed_teacher_id)
        )
        .outerjoin(
            vouching,
            and_(vouching.institution_id == SeedTeacher.institution_id, vouching.id == SeedTeacher.teacher_id),
        )
        .where(tuple_(of.institution_id, of.id).in_([(row.institution_id, row.id) for row in rows]))
    )


async def describe_qualifications(
    session: AsyncSession, actor: Actor, rows: Sequence[TeacherQualification], *, today: date
) -> list[TeacherQualificationOut]:
    """Tell qualifications with the names people read, in one statement however many."""
    if not rows:
        return []
    named = {row.id: row for row in (await session.execute(_named(rows))).all()}
    return [_told(actor, row, named[row.id], today=today) for row in rows]


def _told(
    actor: Actor, row: TeacherQualification, named: Row[*tuple[Any, ...]], *, today: date
) -> TeacherQualificationOut:
    return TeacherQualificationOut(
        id=row.id,
        institution_id=row.institution_id,
        teacher_id=row.teacher_id,
        staff_number=named.staff_number,
        teacher_name=named.teacher_name,
        college_id=named.college_id,
        college_name=named.college_name,
        certificate_level_id=row.certificate_level_id,
        certificate_name=named.certificate_name,
        level=Level(named.level),
        kind=QualificationKind(row.kind),
        state=rules.qualification_state(row, today=today),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        document_number=row.document_number,
        seed_teacher_id=row.seed_teacher_id,
        seed_teacher_name=named.seed_teacher_name,
        granted_at=row.granted_at,
        revoked_on=row.revoked_on,
        revocation_reason=row.revocation_reason,
        allowed_deeds=rules.qualification_deeds(actor, row, today=today),
    )

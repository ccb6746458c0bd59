"""Reading progress, of one student or of a page of them, in as many statements."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.progress import rules
from x_pilot_api.progress.queries.statements import CERTIFICATES, DIPLOMAS, PURSES
from x_pilot_api.progress.schemas import (
    CategoryOut,
    CertificateProgressOut,
    DiplomaOut,
    MissingOut,
    PurseOut,
    StudentProgressOut,
)
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Programme, Student, StudentStatus

_Row = Row[*tuple[Any, ...]]


async def get_progress(session: AsyncSession, actor: Actor, student_id: UUID) -> StudentProgressOut:
    """Read the progress of one student the actor may see."""
    student = await registry.get_student(session, actor, student_id)
    (told,) = await _describe(session, [student])
    return told


async def list_progress(
    session: AsyncSession,
    actor: Actor,
    *,
    college_id: UUID | None,
    programme_id: UUID | None,
    class_name: str | None,
    entry_year: int | None,
    status: StudentStatus | None,
    wish: PageWish,
) -> tuple[list[StudentProgressOut], str | None]:
    """List the progress of visible students by student number."""
    statement = registry.visible_students(actor)
    if college_id is not None:
        of_college = select(Programme.id).where(
            Programme.institution_id == actor.institution_id, Programme.college_id == college_id
        )
        statement = statement.where(Student.programme_id.in_(of_college))
    for column, value in (
        (Student.programme_id, programme_id),
        (Student.class_name, class_name),
        (Student.entry_year, entry_year),
        (Student.status, status),
    ):
        if value is not None:
            statement = statement.where(column == value)
    students, token = await page_of(session, statement, order=(Student.student_number, Student.id), wish=wish)
    return await _describe(session, students), token


async def _describe(session: AsyncSession, students: Sequence[Student]) -> list[StudentProgressOut]:
    """Tell the progress of students of one institution, in three statements however many they are."""
    if not students:
        return []
    values = {"institution_id": students[0].institution_id, "ids": [student.id for student in students]}
    diplomas = {row.student_id: row for row in (await session.execute(DIPLOMAS, values)).all()}
    purses = {row.student_id: row for row in (await session.execute(PURSES, values)).all()}
    certificates: defaultdict[UUID, list[CertificateProgressOut]] = defaultdict(list)
    for row in (await session.execute(CERTIFICATES, values)).all():
        certificates[row.student_id].append(_certificate(row))
    return [
        _told(student, diplomas[student.id], purses.get(student.id), certificates[student.id]) for student in students
    ]


def _told(
    student: Student, diploma: _Row, purse: _Row | None, certificates: list[CertificateProgressOut]
) -> StudentProgressOut:
    found = rules.missing(
        has_plan=diploma.plan_id is not None, has_categories=diploma.has_required, has_account=purse is not None
    )
    return StudentProgressOut(
        student_id=student.id,
        student_number=student.student_number,
        name=student.name,
        programme_id=student.programme_id,
        programme_name=diploma.programme_name,
        class_name=student.class_name,
        entry_year=student.entry_year,
        status=student.status,
        diploma=_diploma(diploma, converted=purse.used if purse else 0),
        certificates=certificates,
        credit_account=_purse(purse) if purse else None,
        missing=[MissingOut(code=code, detail=rules.why_missing(code, language=languages.spoken())) for code in found],
    )


def _diploma(row: _Row, *, converted: int) -> DiplomaOut:
    categories = [CategoryOut(**each, left=rules.left_of(each["required"], each["earned"])) for each in row.categories]
    earned = sum(each.earned for each in categories)
    return DiplomaOut(
        training_plan_id=row.plan_id,
        training_plan_version=row.version,
        required=row.required,
        earned=earned,
        converted=converted,
        outside_plan=row.outside_plan,
        left=rules.left_of(row.required, earned + converted),
        categories=categories,
    )


def _certificate(row: _Row) -> CertificateProgressOut:
    return CertificateProgressOut(
        certificate_level_id=row.certificate_level_id,
        certificate_name=row.certificate_name,
        level=row.level,
        stage=rules.stage_of(
            is_awarded=row.award_state is not None and row.award_state != "revoked",
            has_passed=row.passed,
            has_sat=row.sat > 0,
        ),
        registered=row.registered,
        sat=row.sat,
        last_exam_on=row.last_exam_on,
        award_id=row.award_id,
        award_number=row.award_number,
        award_state=row.award_state,
        deposited=row.deposited,
        deposit=row.deposit,
    )


def _purse(row: _Row) -> PurseOut:
    return PurseOut(
        accumulated=row.posted,
        pending=row.pending_in,
        held=row.held_out,
        available=row.posted - row.held_out,
        used=row.used,
    )

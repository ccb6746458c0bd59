"""Reading joint exams, and the grades that results of theirs came to."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.core.pagination import PageWish, id_after, page_of, token_after
from x_pilot_api.exams import rules
from x_pilot_api.exams.models import (
    JointExam,
    JointExamBand,
    JointExamState,
    JointGrade,
    Registration,
    Result,
    Standing,
)
from x_pilot_api.exams.schemas import JointExamBandOut, JointExamOut, JointGradeOut, JointStanding
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Course, CourseGrade, CourseTeacher, Student

_SEE_COURSES = frozenset({Role.REGISTRAR, Role.AUDITOR, Role.COORDINATOR})

_Linked = aliased(CourseGrade)
_Latest = aliased(CourseGrade)
_Newest = aliased(CourseGrade)
_Current = aliased(Result)


def joint_exams_visible_to(actor: Actor) -> Select[JointExam]:
    """Select the joint exams of the courses an actor may see; a teacher's are those of what they teach in the term."""
    if actor.institution_id is None:
        return select(JointExam).where(false())
    if not actor.roles & _SEE_COURSES:
        taught = registry.taught_by(actor).where(
            CourseTeacher.course_id == JointExam.course_id, CourseTeacher.term == JointExam.term
        )
        return select(JointExam).where(JointExam.institution_id == actor.institution_id, taught.exists())
    courses = registry.visible_courses(actor).with_only_columns(Course.id)
    return select(JointExam).where(JointExam.institution_id == actor.institution_id, JointExam.course_id.in_(courses))


async def get_joint_exam(session: AsyncSession, actor: Actor, joint_exam_id: UUID, *, lock: bool = False) -> JointExam:
    """Read one joint exam the actor may see; locked it is to be changed, by somebody who acts for its course."""
    statement = joint_exams_visible_to(actor).where(JointExam.id == joint_exam_id)
    if lock:
        statement = statement.with_for_update(key_share=True)
    found = await lookups.get_one(
        session, statement.execution_options(populate_existing=True), what="joint exam", zh="联考安排"
    )
    if lock:
        await registry.get_course(session, actor, found.course_id, own=True)
    return found


async def list_joint_exams(
    session: AsyncSession,
    actor: Actor,
    *,
    exam_plan_id: UUID | None,
    course_id: UUID | None,
    state: JointExamState | None,
    wish: PageWish,
) -> tuple[list[JointExamOut], str | None]:
    """List visible joint exams, oldest first."""
    statement = joint_exams_visible_to(actor)
    for column, value in (
        (JointExam.exam_plan_id, exam_plan_id),
        (JointExam.course_id, course_id),
        (JointExam.state, state),
    ):
        if value is not None:
            statement = statement.where(column == value)
    rows, token = await page_of(session, statement, order=(JointExam.id,), wish=wish)
    return await describe_joint_exams(session, actor, rows), token


async def find_joint_exam_of(session: AsyncSession, *, exam: JointExam) -> UUID | None:
    """Find the joint exam that a programme has already at the level of another."""
    statement = select(JointExam.id).where(
        JointExam.institution_id == exam.institution_id,
        JointExam.exam_plan_id == exam.exam_plan_id,
        JointExam.certificate_level_id == exam.certificate_level_id,
        JointExam.programme_id == exam.programme_id,
        JointExam.state != JointExamState.WITHDRAWN,
    )
    return (await session.scalars(statement)).one_or_none()


async def list_bands(session: AsyncSession, exams: Sequence[JointExam]) -> dict[UUID, list[JointExamBand]]:
    """List the tables of joint exams of one institution, each from its lowest row on."""
    statement = (
        select(JointExamBand)
        .where(
            JointExamBand.institution_id.in_({exam.institution_id for exam in exams}),
            JointExamBand.joint_exam_id.in_([exam.id for exam in exams]),
        )
        .order_by(JointExamBand.joint_exam_id, JointExamBand.from_hundredths)
    )
    bands: dict[UUID, list[JointExamBand]] = {exam.id: [] for exam in exams}
    for band in (await session.scalars(statement)).all():
        bands[band.joint_exam_id].append(band)
    return bands


async def count_results_of_level(session: AsyncSession, exam: JointExam) -> int:
    """Count the results of a plan's level that came already, whatever became of them."""
    statement = (
        select(func.count())
        .select_from(Result)
        .join(Registration, _is_of(Result))
        .where(
            Registration.institution_id == exam.institution_id,
            Registration.exam_plan_id == exam.exam_plan_id,
            Registration.certificate_level_id == exam.certificate_level_id,
        )
    )
    return (await session.execute(statement)).scalar_one()


def _is_of(result: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a table or an alias of it
    return and_(Registration.institution_id == result.institution_id, Registration.id == result.registration_id)


async def describe_joint_exams(session: AsyncSession, actor: Actor, exams: Sequence[JointExam]) -> list[JointExamOut]:
    """Tell joint exams with their tables, in two statements however many they are."""
    bands = await list_bands(session, exams)
    return [
        JointExamOut(
            **{name: getattr(exam, name) for name in _TOLD},
            state=JointExamState(exam.state),
            bands=[
                JointExamBandOut(
                    from_total=band.from_hundredths,
                    score=band.score_hundredths,
                    grade_word=band.grade_word,
                    passed=band.passed,
                )
                for band in bands[exam.id]
            ],
            allowed_deeds=rules.JOINT_EXAM_WORKFLOW.allowed_deeds(actor, state=exam.state),
        )
        for exam in exams
    ]


_TOLD = (
    "id", "institution_id", "exam_plan_id", "certificate_level_id", "course_id", "programme_id", "term",
    "document_number", "drafted_by", "drafted_at", "laid_down_by", "laid_down_at", "withdrawn_at",
)  # fmt: skip


class JointFilter(NamedTuple):
    """Which joint grades are asked for; one end of a link finds the other."""

    joint_exam_id: UUID | None = None
    result_id: UUID | None = None
    grade_id: UUID | None = None
    registration_id: UUID | None = None
    student_id: UUID | None = None
    is_flagged: bool | None = None


_IS_GRADE_CHANGED = _Latest.id != JointGrade.grade_id
_IS_RESULT_CHANGED = and_(_Current.id.is_not(None), _Current.id != JointGrade.result_id)


def _same_attempt(one: Any, other: Any) -> ColumnElement[bool]:  # noqa: ANN401 - aliases of one table
    keys = ("institution_id", "student_id", "course_id", "term", "attempt")
    return and_(*(getattr(one, key) == getattr(other, key) for key in keys))


def joint_grades_visible_to(actor: Actor) -> Select[JointGrade, CourseGrade, UUID, UUID]:
    """Select what ties results to grades, of the students an actor may see."""
    students = registry.visible_students(actor).with_only_columns(Student.id)
    return joint_grades().where(JointGrade.institution_id == actor.institution_id, JointGrade.student_id.in_(students))


def joint_grades() -> Select[JointGrade, CourseGrade, UUID, UUID]:
    """Select what ties results to grades, with both as they are now, of everybody.

    The result in effect is told only once students may see it.
    """
    newest = select(func.max(_Newest.revision)).where(_same_attempt(_Newest, _Linked)).correlate(_Linked)
    return (
        select(JointGrade, _Latest, _Current.id.label("current_result_id"), Registration.exam_plan_id)
        .join(
            Registration,
            and_(
                Registration.institution_id == JointGrade.institution_id, Registration.id == JointGrade.registration_id
            ),
        )
        .join(_Linked, and_(_Linked.institution_id == JointGrade.institution_id, _Linked.id == JointGrade.grade_id))
        .join(_Latest, and_(_same_attempt(_Latest, _Linked), _Latest.revision == newest.scalar_subquery()))
        .outerjoin(
            _Current,
            and_(
                _Current.institution_id == JointGrade.institution_id,
                _Current.registration_id == JointGrade.registration_id,
                _Current.standing == Standing.EFFECTIVE,
                _Current.is_held.is_(False),
            ),
        )
    )


async def list_joint_grades(
    session: AsyncSession, actor: Actor, *, asked: JointFilter, wish: PageWish
) -> tuple[list[JointGradeOut], str | None]:
    """List what ties results to grades; either end's id, of any revision, finds it."""
    statement = joint_grades_visible_to(actor).where(_asked_for(asked), JointGrade.id > id_after(wish))
    rows = (await session.execute(statement.order_by(JointGrade.id).limit(wish.size + 1))).all()
    told = [_tell(actor, row) for row in rows[: wish.size]]
    return told, token_after(str(told[-1].id)) if len(rows) > wish.size else None


def _asked_for(asked: JointFilter) -> ColumnElement[bool]:
    bounds: list[ColumnElement[bool]] = [true()]
    if asked.joint_exam_id is not None:
        bounds.append(JointGrade.joint_exam_id == asked.joint_exam_id)
    if asked.registration_id is not None:
        bounds.append(JointGrade.registration_id == asked.registration_id)
    if asked.student_id is not None:
        bounds.append(JointGrade.student_id == asked.student_id)
    if asked.result_id is not None:
        of = select(Result.registration_id).where(
            Result.institution_id == JointGrade.institution_id, Result.id == asked.result_id
        )
        bounds.append(JointGrade.registration_id.in_(of.correlate(JointGrade)))
    if asked.grade_id is not None:
        bounds.append(
            select(_Newest.id)
            .where(_same_attempt(_Newest, _Linked), _Newest.id == asked.grade_id)
            .correlate(_Linked)
            .exists()
        )
    if asked.is_flagged is not None:
        flagged = or_(_IS_GRADE_CHANGED, _IS_RESULT_CHANGED)
        bounds.append(flagged if asked.is_flagged else ~flagged)
    return and_(*bounds)


async def get_joint_grade(session: AsyncSession, actor: Actor, joint_grade_id: UUID) -> JointGradeOut:
    """Read what ties one result to one grade."""
    statement = joint_grades_visible_to(actor).where(JointGrade.id == joint_grade_id)
    row = (await session.execute(statement.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise NotFound(what="joint grade", zh="联考成绩")
    return _tell(actor, row)


def _tell(actor: Actor, row: Row[JointGrade, CourseGrade, UUID, UUID]) -> JointGradeOut:
    link, grade, current_result_id, exam_plan_id = row
    grade_changed = grade.id != link.grade_id
    result_changed = current_result_id not in {None, link.result_id}
    standing = _STANDINGS[grade_changed, result_changed]
    settles = standing != JointStanding.IN_STEP and actor.may(Permission.JOINT_GRADES_SETTLE)
    return JointGradeOut(
        **{name: getattr(link, name) for name in _TOLD_OF_LINK},
        exam_plan_id=exam_plan_id,
        course_id=grade.course_id,
        term=grade.term,
        attempt=grade.attempt,
        standing=standing,
        current_result_id=current_result_id,
        current_grade_id=grade.id,
        score=grade.score_hundredths,
        grade_word=grade.grade_word,
        passed=grade.passed,
        is_void=grade.is_void,
        allowed_deeds=["settle"] if settles else [],
    )


_STANDINGS = {
    (False, False): JointStanding.IN_STEP,
    (True, False): JointStanding.GRADE_CHANGED,
    (False, True): JointStanding.RESULT_CHANGED,
    (True, True): JointStanding.BOTH_CHANGED,
}

_TOLD_OF_LINK = (
    "id", "joint_exam_id", "registration_id", "student_id", "result_id", "grade_id", "settled_by", "settled_at",
    "settled_reason", "settled_document", "recorded_at",
)  # fmt: skip

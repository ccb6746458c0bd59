"""What belongs to things of the register, read for several of them at once."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.identity.models import Membership, Role
from x_pilot_api.registry.models import (
    College,
    Course,
    CourseGrade,
    IdentityDocument,
    Programme,
    Student,
    TrainingPlan,
    TrainingPlanCategory,
    TrainingPlanCourse,
)
from x_pilot_api.registry.queries import register
from x_pilot_api.registry.rules import STUDENT, TRAINING_PLAN
from x_pilot_api.registry.schemas import (
    CollegeOut,
    CourseGradeOut,
    CourseOfProgrammeOut,
    CourseOut,
    PlanCategoryOut,
    PlanCourseOut,
    ProgrammeOut,
    ProgrammeWithCoursesOut,
    StudentOut,
    TrainingPlanOut,
    TrainingPlanWithCoursesOut,
)


async def describe_students(session: AsyncSession, actor: Actor, students: Sequence[Student]) -> list[StudentOut]:
    """Tell of students with their colleges, their masked documents, and what the actor may do with their status."""
    institutions = {student.institution_id for student in students}
    documents = select(IdentityDocument.id, IdentityDocument.kind, IdentityDocument.masked_number).where(
        IdentityDocument.institution_id.in_(institutions),
        IdentityDocument.id.in_({student.identity_document_id for student in students}),
    )
    shown = {row.id: row for row in await session.execute(documents)}
    programmes = select(Programme.id, Programme.college_id).where(
        Programme.institution_id.in_(institutions), Programme.id.in_({student.programme_id for student in students})
    )
    colleges = {row.id: row.college_id for row in await session.execute(programmes)}
    return [
        StudentOut(
            id=student.id,
            student_number=student.student_number,
            name=student.name,
            document_kind=shown[student.identity_document_id].kind,
            masked_document_number=shown[student.identity_document_id].masked_number,
            programme_id=student.programme_id,
            college_id=colleges[student.programme_id],
            class_name=student.class_name,
            entry_year=student.entry_year,
            status=student.status,
            allowed_deeds=STUDENT.allowed_deeds(actor, state=student.status),
        )
        for student in students
    ]


def describe_course(course: Course) -> CourseOfProgrammeOut:
    """Tell of one course."""
    return CourseOfProgrammeOut(**_figures(course), programme_id=course.programme_id)


def describe_programme(programme: Programme, college: College) -> ProgrammeOut:
    """Tell of one programme and the college it is of."""
    return ProgrammeOut(
        id=programme.id,
        institution_id=programme.institution_id,
        code=programme.code,
        name=programme.name,
        college=CollegeOut.model_validate(college, from_attributes=True),
        is_pilot=programme.is_pilot,
        is_showcase=programme.is_showcase,
    )


async def describe_whole_programme(session: AsyncSession, programme: Programme) -> ProgrammeWithCoursesOut:
    """Tell of one programme with its college and courses."""
    colleges = await register.find_colleges_of(session, [programme])
    told = describe_programme(programme, colleges[programme.college_id])
    courses = [CourseOut(**_figures(course)) for course in await register.list_courses_of(session, programme)]
    return ProgrammeWithCoursesOut(**dict(told), courses=courses)


def _figures(course: Course) -> dict[str, Any]:
    same = ("id", "code", "name", "hours", "category", "is_compulsory")
    return {name: getattr(course, name) for name in same} | {"credits": course.credit_hundredths}


def describe_grade(grade: CourseGrade) -> CourseGradeOut:
    """Tell of one revision of a grade."""
    return CourseGradeOut(
        id=grade.id,
        student_id=grade.student_id,
        course_id=grade.course_id,
        term=grade.term,
        attempt=grade.attempt,
        revision=grade.revision,
        score=grade.score_hundredths,
        grade_word=grade.grade_word,
        passed=grade.passed,
        is_void=grade.is_void,
        reason=grade.reason,
        source_kind=grade.source_kind,
        source_id=grade.source_id,
        recorded_at=grade.recorded_at,
    )


def describe_plan(actor: Actor, plan: TrainingPlan) -> TrainingPlanOut:
    """Tell of one version of a training plan."""
    return TrainingPlanOut(
        id=plan.id,
        programme_id=plan.programme_id,
        entry_year=plan.entry_year,
        version=plan.version,
        state=plan.state,
        graduation_credits=plan.graduation_credit_hundredths,
        document_number=plan.document_number,
        in_force_at=plan.in_force_at,
        allowed_deeds=TRAINING_PLAN.allowed_deeds(actor, state=plan.state),
    )


async def describe_whole_plan(session: AsyncSession, actor: Actor, plan: TrainingPlan) -> TrainingPlanWithCoursesOut:
    """Tell of one version of a training plan with its categories and courses."""
    courses = select(TrainingPlanCourse, Course.code, Course.name).where(
        TrainingPlanCourse.institution_id == plan.institution_id,
        TrainingPlanCourse.training_plan_id == plan.id,
        Course.institution_id == TrainingPlanCourse.institution_id,
        Course.id == TrainingPlanCourse.course_id,
    )
    taught = [
        PlanCourseOut(
            course_id=row.course_id,
            code=code,
            name=name,
            term=row.term,
            credits=row.credit_hundredths,
            category=row.category,
            is_compulsory=row.is_compulsory,
        )
        for row, code, name in await session.execute(
            courses.order_by(TrainingPlanCourse.term, Course.code).execution_options(populate_existing=True)
        )
    ]
    asked = select(TrainingPlanCategory).where(
        TrainingPlanCategory.institution_id == plan.institution_id, TrainingPlanCategory.training_plan_id == plan.id
    )
    categories = [
        PlanCategoryOut(
            category=row.category,
            credits=row.credit_hundredths,
            offered_credits=sum(course.credits for course in taught if course.category == row.category),
        )
        for row in await session.scalars(
            asked.order_by(TrainingPlanCategory.category).execution_options(populate_existing=True)
        )
    ]
    return TrainingPlanWithCoursesOut(**dict(describe_plan(actor, plan)), categories=categories, courses=taught)


async def list_revisions(session: AsyncSession, grade: CourseGrade) -> Sequence[CourseGrade]:
    """List all revisions of the attempt that a grade is of, the first one first."""
    same = (CourseGrade.institution_id, CourseGrade.student_id, CourseGrade.course_id, CourseGrade.term)
    statement = select(CourseGrade).where(
        *(column == getattr(grade, column.key) for column in same), CourseGrade.attempt == grade.attempt
    )
    return (await session.scalars(statement.order_by(CourseGrade.revision))).all()


async def find_programme_courses(
    session: AsyncSession, programme: Programme, course_ids: Collection[UUID]
) -> Mapping[UUID, Course]:
    """Find some courses of a programme by their ids."""
    statement = select(Course).where(
        Course.institution_id == programme.institution_id,
        Course.programme_id == programme.id,
        Course.id.in_(course_ids),
    )
    return {course.id: course for course in (await session.scalars(statement)).all()}


async def is_teacher(session: AsyncSession, *, institution_id: UUID, person_id: UUID) -> bool:
    """Tell whether a person holds the role of a teacher in an institution."""
    statement = select(Membership.id).where(
        Membership.institution_id == institution_id,
        Membership.person_id == person_id,
        Membership.role == Role.TEACHER,
    )
    return (await session.scalars(statement.limit(1))).one_or_none() is not None


async def list_versions(
    session: AsyncSession, *, institution_id: UUID, programme_id: UUID, entry_year: int
) -> Sequence[TrainingPlan]:
    """List the versions of a programme's training plan for an entry year, the first one first."""
    statement = select(TrainingPlan).where(
        TrainingPlan.institution_id == institution_id,
        TrainingPlan.programme_id == programme_id,
        TrainingPlan.entry_year == entry_year,
    )
    return (await session.scalars(statement.order_by(TrainingPlan.version))).all()

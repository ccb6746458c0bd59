"""Tables of the academic register."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.core.sealed import sealed


class CourseCategory(StrEnum):
    """What part of a training plan a course belongs to."""

    PUBLIC = "public"
    FOUNDATION = "foundation"
    CORE = "core"
    EXTENSION = "extension"
    PRACTICE = "practice"
    ELECTIVE = "elective"


class DocumentKind(StrEnum):
    """What kind of identity document somebody has."""

    RESIDENT_IDENTITY_CARD = "resident_identity_card"
    PASSPORT = "passport"
    HONG_KONG_MACAO_PERMIT = "hong_kong_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGN_RESIDENT_CARD = "foreign_resident_card"


class StudentStatus(StrEnum):
    """Whether a student is in training."""

    ENROLLED = "enrolled"
    SUSPENDED = "suspended"
    GRADUATED = "graduated"
    LEFT = "left"


class TrainingPlanState(StrEnum):
    """Where a version of a training plan is on its way."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


class College(TenantRow, Base):
    """One secondary college of an institution."""

    __tablename__ = "colleges"
    __table_args__ = (of_institution(), UniqueConstraint("institution_id", "code"), about(Reach.TENANT))

    code: Mapped[str]
    name: Mapped[str]


class Programme(TenantRow, Base):
    """One programme (major), known nationally by six digits and an optional T or K."""

    __tablename__ = "programmes"
    __table_args__ = (
        within("college_id", to="colleges"),
        UniqueConstraint("institution_id", "code"),
        CheckConstraint("code ~ '^[0-9]{6}[TK]?$'", name="code_digits"),
        CheckConstraint("is_pilot OR NOT is_showcase", name="showcase_is_pilot"),
        Index(None, "institution_id", "college_id"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID]
    code: Mapped[str]
    name: Mapped[str]
    is_pilot: Mapped[bool] = mapped_column(server_default=false())
    is_showcase: Mapped[bool] = mapped_column(server_default=false())


class Course(TenantRow, Base):
    """One course of a programme; its credits are hundredths."""

    __tablename__ = "courses"
    __table_args__ = (
        within("programme_id", to="programmes"),
        UniqueConstraint("institution_id", "programme_id", "code"),
        one_of("category", CourseCategory),
        CheckConstraint("credit_hundredths > 0", name="credit_positive"),
        CheckConstraint("hours > 0", name="hours_positive"),
        about(Reach.TENANT),
    )

    programme_id: Mapped[UUID]
    code: Mapped[str]
    name: Mapped[str]
    credit_hundredths: Mapped[int]
    hours: Mapped[int]
    category: Mapped[str]
    is_compulsory: Mapped[bool]


class IdentityDocument(TenantRow, Base):
    """One person's identity document: sealed, found by its keyed hash, shown only masked."""

    __tablename__ = "identity_documents"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "lookup_hash"),
        CheckConstraint("octet_length(lookup_hash) = 32", name="lookup_hash_size"),
        about(Reach.TENANT, row_security=True),
    )

    kind: Mapped[str]
    sealed_number: Mapped[bytes] = sealed()
    key_id: Mapped[str]
    lookup_hash: Mapped[bytes]
    masked_number: Mapped[str]


class Student(TenantRow, Base):
    """One student of a programme."""

    __tablename__ = "students"
    __table_args__ = (
        within("programme_id", to="programmes"),
        within("identity_document_id", to="identity_documents"),
        UniqueConstraint("institution_id", "student_number"),
        UniqueConstraint("institution_id", "identity_document_id"),
        one_of("status", StudentStatus),
        CheckConstraint("entry_year BETWEEN 1990 AND 2100", name="entry_year_plausible"),
        Index(None, "institution_id", "programme_id", "entry_year"),
        about(Reach.TENANT, row_security=True),
    )

    student_number: Mapped[str]
    name: Mapped[str]
    identity_document_id: Mapped[UUID]
    programme_id: Mapped[UUID]
    class_name: Mapped[str]
    entry_year: Mapped[int]
    status: Mapped[str] = mapped_column(server_default=StudentStatus.ENROLLED)


class StudentStanding(TenantRow, Base):
    """How one student stood from a day on: status, programme, class and entry year, and why that changed."""

    __tablename__ = "student_standings"
    __table_args__ = (
        within("student_id", to="students"),
        within("programme_id", to="programmes"),
        one_of("status", StudentStatus),
        Index(None, "institution_id", "student_id", "id"),
        Index(None, "institution_id", "programme_id"),
        about(Reach.TENANT, append_only=True, forgets=True, server_set=("recorded_at",)),
    )

    student_id: Mapped[UUID]
    status: Mapped[str]
    programme_id: Mapped[UUID]
    class_name: Mapped[str]
    entry_year: Mapped[int]
    effective_on: Mapped[date]
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class Teacher(TenantRow, Base):
    """One teacher of a college, and the person who signs in as them where there is one."""

    __tablename__ = "teachers"
    __table_args__ = (
        within("college_id", to="colleges"),
        UniqueConstraint("institution_id", "staff_number"),
        UniqueConstraint("institution_id", "person_id"),
        Index(None, "institution_id", "college_id"),
        about(Reach.TENANT),
    )

    staff_number: Mapped[str]
    name: Mapped[str]
    college_id: Mapped[UUID]
    is_active: Mapped[bool] = mapped_column(server_default=true())
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))


class CourseTeacher(TenantRow, Base):
    """One teacher who teaches one course in one term; several may teach it together."""

    __tablename__ = "course_teachers"
    __table_args__ = (
        within("course_id", to="courses"),
        within("teacher_id", to="teachers"),
        UniqueConstraint("institution_id", "course_id", "term", "teacher_id", name="course_teachers_each_once_key"),
        CheckConstraint("term ~ '^[0-9]{4}-[0-9]{4}-0[1-3]$'", name="term_form"),
        Index(None, "institution_id", "teacher_id", "term"),
        about(Reach.TENANT),
    )

    course_id: Mapped[UUID]
    teacher_id: Mapped[UUID]
    term: Mapped[str]


class TrainingPlan(TenantRow, Base):
    """One version of a programme's training plan for an entry year; what is in force never changes."""

    __tablename__ = "training_plans"
    __table_args__ = (
        within("programme_id", to="programmes"),
        one_of("state", TrainingPlanState),
        UniqueConstraint(
            "institution_id", "programme_id", "entry_year", "version", name="training_plans_one_version_key"
        ),
        Index(
            "training_plans_one_in_force_idx",
            "institution_id",
            "programme_id",
            "entry_year",
            unique=True,
            postgresql_where=text("state = 'in_force'"),
        ),
        Index(
            "training_plans_one_draft_idx",
            "institution_id",
            "programme_id",
            "entry_year",
            unique=True,
            postgresql_where=text("state = 'draft'"),
        ),
        CheckConstraint("entry_year BETWEEN 1990 AND 2100", name="entry_year_plausible"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("graduation_credit_hundredths > 0", name="graduation_credit_positive"),
        CheckConstraint("(state = 'draft') = (in_force_at IS NULL)", name="in_force_since_some_time"),
        about(Reach.TENANT),
    )

    programme_id: Mapped[UUID]
    entry_year: Mapped[int]
    version: Mapped[int]
    state: Mapped[str] = mapped_column(server_default=TrainingPlanState.DRAFT)
    graduation_credit_hundredths: Mapped[int]
    document_number: Mapped[str | None]
    drafted_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    in_force_at: Mapped[datetime | None]


class TrainingPlanCategory(Base):
    """How many hundredths of a credit a training plan asks for in one category of courses."""

    __tablename__ = "training_plan_categories"
    __table_args__ = (
        within("training_plan_id", to="training_plans"),
        one_of("category", CourseCategory),
        CheckConstraint("credit_hundredths > 0", name="credit_positive"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    training_plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    credit_hundredths: Mapped[int]


class TrainingPlanCourse(TenantRow, Base):
    """One course of a training plan with the term it is taught in, and its figures as the plan has them for good."""

    __tablename__ = "training_plan_courses"
    __table_args__ = (
        within("training_plan_id", to="training_plans"),
        within("course_id", to="courses"),
        UniqueConstraint("institution_id", "training_plan_id", "course_id", name="training_plan_courses_each_once_key"),
        one_of("category", CourseCategory),
        CheckConstraint("credit_hundredths > 0", name="credit_positive"),
        CheckConstraint("term BETWEEN 1 AND 12", name="term_plausible"),
        Index(None, "institution_id", "course_id"),
        about(Reach.TENANT),
    )

    training_plan_id: Mapped[UUID]
    course_id: Mapped[UUID]
    term: Mapped[int] = mapped_column(SmallInteger)
    credit_hundredths: Mapped[int]
    category: Mapped[str]
    is_compulsory: Mapped[bool]


class CourseGrade(TenantRow, Base):
    """One revision of what a student got in one attempt at a course: a score or a word; the highest revision counts.

    One that nobody entered names what it comes of, such as a conversion.
    """

    __tablename__ = "course_grades"
    __table_args__ = (
        within("student_id", to="students"),
        within("course_id", to="courses"),
        UniqueConstraint(
            "institution_id",
            "student_id",
            "course_id",
            "term",
            "attempt",
            "revision",
            name="course_grades_one_revision_key",
        ),
        Index(None, "institution_id", "course_id"),
        CheckConstraint("term ~ '^[0-9]{4}-[0-9]{4}-0[1-3]$'", name="term_form"),
        CheckConstraint("attempt BETWEEN 1 AND 9", name="attempt_plausible"),
        CheckConstraint("revision > 0", name="revision_positive"),
        CheckConstraint("score_hundredths >= 0", name="score_not_negative"),
        CheckConstraint(
            "num_nonnulls(score_hundredths, grade_word) = CASE WHEN is_void THEN 0 ELSE 1 END", name="score_or_word"
        ),
        CheckConstraint("NOT (is_void AND passed)", name="void_is_not_passed"),
        CheckConstraint("revision = 1 OR reason IS NOT NULL", name="correction_has_a_reason"),
        CheckConstraint("(source_kind IS NULL) = (source_id IS NULL)", name="source_whole"),
        about(Reach.TENANT, append_only=True, server_set=("recorded_at",)),
    )

    student_id: Mapped[UUID]
    course_id: Mapped[UUID]
    term: Mapped[str]
    attempt: Mapped[int] = mapped_column(SmallInteger)
    revision: Mapped[int]
    score_hundredths: Mapped[int | None]
    grade_word: Mapped[str | None]
    passed: Mapped[bool]
    is_void: Mapped[bool] = mapped_column(server_default=false())
    reason: Mapped[str | None]
    source_kind: Mapped[str | None]
    source_id: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

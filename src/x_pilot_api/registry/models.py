"""Tables of the academic register."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.core.sealed import sealed


class CourseCategory(StrEnum):
    """What part of a training plan a course belongs to."""

    FOUNDATION = "foundation"
    CORE = "core"
    ELECTIVE = "elective"


class StudentStatus(StrEnum):
    """Whether a student is in training."""

    ENROLLED = "enrolled"
    SUSPENDED = "suspended"
    GRADUATED = "graduated"
    LEFT = "left"


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
        about(Reach.TENANT),
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
        about(Reach.TENANT),
    )

    student_number: Mapped[str]
    name: Mapped[str]
    identity_document_id: Mapped[UUID]
    programme_id: Mapped[UUID]
    class_name: Mapped[str]
    entry_year: Mapped[int]
    status: Mapped[str] = mapped_column(server_default=StudentStatus.ENROLLED)

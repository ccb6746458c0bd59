"""Tables of the policy library, of typical cases and of bulletins."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, Reach, TenantRow, about, of_institution, one_of, within


class PolicyKind(StrEnum):
    """What kind of document it is."""

    NOTICE = "notice"
    MEASURES = "measures"
    RULES = "rules"
    PLAN = "plan"
    STANDARD = "standard"
    OPINIONS = "opinions"
    OTHER = "other"


class PolicyLevel(StrEnum):
    """Whose document it is."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    INSTITUTION = "institution"


class PolicyState(StrEnum):
    """Whether a document goes on, or was ended for good."""

    PUBLISHED = "published"
    REPEALED = "repealed"


class VersionStanding(StrEnum):
    """How a version stands on a day."""

    COMING = "coming"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    REPEALED = "repealed"


class Change(StrEnum):
    """What happened to a paragraph."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class DraftState(StrEnum):
    """What becomes of a draft; only the first is ever stored, by there being a row."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class TypicalCaseState(StrEnum):
    """Where a case is on its way to everybody."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    PUBLISHED = "published"
    TAKEN_DOWN = "taken_down"


class BulletinState(StrEnum):
    """Whether a bulletin is shown today; it follows from the day, and is stored nowhere."""

    SHOWN = "shown"
    OVER = "over"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class AudienceRole(StrEnum):
    """Whom a bulletin can be for: the roles people hold in an institution."""

    REGISTRAR = "registrar"
    FINANCE = "finance"
    COORDINATOR = "coordinator"
    EXPERT = "expert"
    TEACHER = "teacher"
    STUDENT = "student"
    AUDITOR = "auditor"


class _PolicyContent:
    title: Mapped[str]
    issuing_body: Mapped[str]
    document_number: Mapped[str | None]
    issued_on: Mapped[date]
    kind: Mapped[str]
    level: Mapped[str]
    in_force_from: Mapped[date]
    in_force_to: Mapped[date | None]
    body: Mapped[str]
    source_note: Mapped[str | None]
    change_note: Mapped[str | None]


_DAYS_IN_ORDER = "in_force_to IS NULL OR in_force_to > in_force_from"


class PolicyDocument(TenantRow, Base):
    """One document of the library, which its versions make up; it can be repealed as of a day, once."""

    __tablename__ = "policy_documents"
    __table_args__ = (
        of_institution(),
        CheckConstraint("(repealed_on IS NULL) = (repeal_note IS NULL)", name="repeal_whole"),
        about(
            Reach.TENANT,
            append_only=True,
            updates=("repealed_on", "repeal_note"),
            server_set=("entered_at",),
        ),
    )

    entered_by: Mapped[UUID]
    entered_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    repealed_on: Mapped[date | None]
    repeal_note: Mapped[str | None]


class PolicyDraft(_PolicyContent, TenantRow, Base):
    """The one version of a document that is being written; it goes when it is published."""

    __tablename__ = "policy_drafts"
    __table_args__ = (
        within("policy_document_id", to="policy_documents"),
        UniqueConstraint("institution_id", "policy_document_id"),
        one_of("kind", PolicyKind),
        one_of("level", PolicyLevel),
        CheckConstraint(_DAYS_IN_ORDER, name="days_in_order"),
        about(Reach.TENANT),
    )

    policy_document_id: Mapped[UUID]
    drafted_by: Mapped[UUID]


class PolicyVersion(_PolicyContent, TenantRow, Base):
    """One published version, for good: the service may add one and never change it.

    `grams` are what it is searched by: each of its letters, and each two that stand side by side.
    """

    __tablename__ = "policy_versions"
    __table_args__ = (
        within("policy_document_id", to="policy_documents"),
        UniqueConstraint("institution_id", "policy_document_id", "number", name="policy_versions_one_number_key"),
        CheckConstraint("number > 0", name="number_positive"),
        one_of("kind", PolicyKind),
        one_of("level", PolicyLevel),
        CheckConstraint(_DAYS_IN_ORDER, name="days_in_order"),
        Index(None, "grams", postgresql_using="gin"),
        about(Reach.TENANT, append_only=True, server_set=("published_at",)),
    )

    policy_document_id: Mapped[UUID]
    number: Mapped[int]
    published_by: Mapped[UUID]
    published_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    title_text: Mapped[str]
    search_text: Mapped[str]
    grams: Mapped[list[str]] = mapped_column(ARRAY(Text))


class TypicalCase(TenantRow, Base):
    """One college's typical case; its words change only before it is submitted or after it was sent back."""

    __tablename__ = "typical_cases"
    __table_args__ = (
        within("college_id", to="colleges"),
        one_of("state", TypicalCaseState),
        CheckConstraint("submissions >= 0", name="submissions_counted"),
        CheckConstraint("state IN ('draft', 'returned') OR submissions > 0", name="submitted_some_time"),
        CheckConstraint("state NOT IN ('published', 'taken_down') OR published_at IS NOT NULL", name="published_then"),
        Index(None, "institution_id", "college_id"),
        Index(None, "published_at", postgresql_where=text("state = 'published'")),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID]
    certificate_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificates.id"))
    title: Mapped[str]
    summary: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=TypicalCaseState.DRAFT)
    submissions: Mapped[int] = mapped_column(server_default=text("0"))
    submitted_by: Mapped[UUID | None]
    submitted_at: Mapped[datetime | None]
    comment: Mapped[str | None]
    published_at: Mapped[datetime | None]


class CaseOpinion(TenantRow, Base):
    """What one reviewer thinks of one submission of a case."""

    __tablename__ = "case_opinions"
    __table_args__ = (
        within("typical_case_id", to="typical_cases"),
        UniqueConstraint(
            "institution_id", "typical_case_id", "submission", "person_id", name="case_opinions_one_a_person_key"
        ),
        about(Reach.TENANT, append_only=True, server_set=("given_at",)),
    )

    typical_case_id: Mapped[UUID]
    submission: Mapped[int]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    recommends: Mapped[bool]
    opinion: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class CaseDecision(TenantRow, Base):
    """One thing the office decided about a case, with its reason where one is owed."""

    __tablename__ = "case_decisions"
    __table_args__ = (
        within("typical_case_id", to="typical_cases"),
        one_of("state", TypicalCaseState),
        CheckConstraint("state NOT IN ('returned', 'taken_down') OR comment IS NOT NULL", name="says_why"),
        Index(None, "institution_id", "typical_case_id"),
        about(Reach.TENANT, append_only=True, server_set=("decided_at",)),
    )

    typical_case_id: Mapped[UUID]
    submission: Mapped[int]
    state: Mapped[str]
    comment: Mapped[str | None]
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class BulletinDraft(TenantRow, Base):
    """A bulletin that is being written, by the office or by a college; it goes when it is published."""

    __tablename__ = "bulletin_drafts"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        within("supersedes_id", to="bulletins"),
        CheckConstraint("(supersedes_id IS NULL) = (correction_note IS NULL)", name="correction_whole"),
        about(Reach.TENANT),
    )

    college_id: Mapped[UUID | None]
    title: Mapped[str]
    body: Mapped[str]
    is_important: Mapped[bool] = mapped_column(server_default=false())
    is_public: Mapped[bool] = mapped_column(server_default=false())
    down_on: Mapped[date]
    audience: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    supersedes_id: Mapped[UUID | None]
    correction_note: Mapped[str | None]
    drafted_by: Mapped[UUID]


class Bulletin(TenantRow, Base):
    """One published bulletin; its words never change, and it can only be withdrawn or followed by a corrected one.

    It is shown from the day it is published until the day before `down_on`.
    """

    __tablename__ = "bulletins"
    __table_args__ = (
        of_institution(),
        within("college_id", to="colleges"),
        within("supersedes_id", to="bulletins"),
        UniqueConstraint("institution_id", "supersedes_id"),
        CheckConstraint("(supersedes_id IS NULL) = (correction_note IS NULL)", name="correction_whole"),
        CheckConstraint("down_on > published_on", name="shown_a_day"),
        CheckConstraint("num_nonnulls(withdrawn_at, withdrawn_by, withdrawal_note) IN (0, 3)", name="withdrawal_whole"),
        CheckConstraint("NOT is_public OR college_id IS NULL", name="public_by_the_office"),
        Index(None, "institution_id", "down_on"),
        Index(None, "down_on", postgresql_where=text("is_public")),
        about(
            Reach.TENANT,
            append_only=True,
            updates=("withdrawn_at", "withdrawn_by", "withdrawal_note"),
            server_set=("published_at",),
        ),
    )

    college_id: Mapped[UUID | None]
    title: Mapped[str]
    body: Mapped[str]
    is_important: Mapped[bool]
    is_public: Mapped[bool]
    published_on: Mapped[date]
    published_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    published_by: Mapped[UUID]
    down_on: Mapped[date]
    supersedes_id: Mapped[UUID | None]
    correction_note: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawal_note: Mapped[str | None]


class BulletinAudience(TenantRow, Base):
    """One part of whom a bulletin is for: a role or everybody, of a college, a programme or the whole institution."""

    __tablename__ = "bulletin_audiences"
    __table_args__ = (
        within("bulletin_id", to="bulletins"),
        within("college_id", to="colleges"),
        within("programme_id", to="programmes"),
        one_of("role", AudienceRole),
        CheckConstraint("num_nonnulls(college_id, programme_id) < 2", name="one_place"),
        UniqueConstraint(
            "institution_id",
            "bulletin_id",
            "role",
            "college_id",
            "programme_id",
            name="bulletin_audiences_each_once_key",
            postgresql_nulls_not_distinct=True,
        ),
        about(Reach.TENANT, append_only=True),
    )

    bulletin_id: Mapped[UUID]
    role: Mapped[str | None]
    college_id: Mapped[UUID | None]
    programme_id: Mapped[UUID | None]


class BulletinReceipt(Base):
    """That one person read one bulletin, once."""

    __tablename__ = "bulletin_receipts"
    __table_args__ = (
        within("bulletin_id", to="bulletins"),
        about(Reach.TENANT, append_only=True, server_set=("read_at",)),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    bulletin_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    read_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))

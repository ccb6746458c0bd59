"""Tables of report types and of the colleges' reports."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.core.sealed import sealed

DUE_DAYS_MAX = 366
REMIND_DAYS_MAX = 60


class Cadence(StrEnum):
    """How often a report is asked for; a yearly one begins with the first day of any month."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    ONCE = "once"


class TypeState(StrEnum):
    """Whether periods can still be opened for a type."""

    ACTIVE = "active"
    RETIRED = "retired"


class ReportState(StrEnum):
    """Where a college's report is on its way."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class ReminderKind(StrEnum):
    """Whether a reminder came before the day a report was due, or after it."""

    AHEAD = "ahead"
    OVERDUE = "overdue"


class FeedState(StrEnum):
    """How far one record came on its way to the outside platform, and what the platform said to it."""

    TO_GENERATE = "to_generate"
    TO_SEND = "to_send"
    SENT = "sent"
    ACCEPTED = "accepted"
    PERSON_UNKNOWN = "person_unknown"
    FORMAT_REFUSED = "format_refused"


class ReportType(TenantRow, Base):
    """One kind of report that an institution asks of its colleges; what it asks for is in its latest version."""

    __tablename__ = "report_types"
    __table_args__ = (
        of_institution(),
        one_of("cadence", Cadence),
        one_of("state", TypeState),
        CheckConstraint("versions >= 0", name="versions_counted"),
        UniqueConstraint("institution_id", "code"),
        about(Reach.TENANT),
    )

    code: Mapped[str]
    cadence: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=TypeState.ACTIVE)
    versions: Mapped[int]


class ReportTypeVersion(TenantRow, Base):
    """One version of what a type asks for: its sections with their figures, and when it is due; it never changes."""

    __tablename__ = "report_type_versions"
    __table_args__ = (
        within("report_type_id", to="report_types"),
        UniqueConstraint("institution_id", "report_type_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint(f"due_days BETWEEN 0 AND {DUE_DAYS_MAX}", name="due_days_in_range"),
        CheckConstraint(f"remind_days BETWEEN 0 AND {REMIND_DAYS_MAX}", name="remind_days_in_range"),
        about(Reach.TENANT, append_only=True, server_set=("defined_at",)),
    )

    report_type_id: Mapped[UUID]
    number: Mapped[int]
    name: Mapped[str]
    basis: Mapped[str]
    due_days: Mapped[int]
    """Days from the last of the period to the day it is due."""
    remind_days: Mapped[int]
    """Days before that day on which whoever has not submitted is reminded."""
    sections: Mapped[list[JsonObject]] = mapped_column(JSONB)
    defined_by: Mapped[UUID]
    defined_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class Report(TenantRow, Base):
    """One college's report of one period, by the version of its type that was there when it was opened.

    The service writes its state, how often it was submitted, by whom and whether late, and the office's last comment.
    """

    __tablename__ = "reports"
    __table_args__ = (
        within("report_type_id", to="report_types"),
        within("type_version_id", to="report_type_versions"),
        within("college_id", to="colleges"),
        one_of("state", ReportState),
        CheckConstraint("period_from <= period_to", name="period_in_order"),
        CheckConstraint("due_on >= period_from", name="due_after_it_began"),
        CheckConstraint("submissions >= 0", name="submissions_counted"),
        CheckConstraint(
            "(submissions = 0) = (submitted_by IS NULL) AND (submitted_by IS NULL) = (is_late IS NULL)",
            name="submission_whole",
        ),
        CheckConstraint("state = 'draft' OR submissions > 0", name="answered_was_submitted"),
        # No day of a college is reported twice in one kind of report.
        ExcludeConstraint(
            ("institution_id", "="),
            ("report_type_id", "="),
            ("college_id", "="),
            (text("daterange(period_from, period_to, '[]')"), "&&"),
            using="gist",
            name="reports_no_day_twice_excl",
        ),
        Index(None, "institution_id", "college_id"),
        Index(
            "reports_awaited_idx",
            "institution_id",
            "due_on",
            postgresql_where=text("state IN ('draft', 'returned')"),
        ),
        about(Reach.TENANT),
    )

    report_type_id: Mapped[UUID]
    type_version_id: Mapped[UUID]
    college_id: Mapped[UUID]
    period_from: Mapped[date]
    period_to: Mapped[date]
    closes_at: Mapped[datetime]
    """The instant as of which its figures are computed."""
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(server_default=ReportState.DRAFT)
    submissions: Mapped[int] = mapped_column(server_default=text("0"))
    submitted_by: Mapped[UUID | None]
    is_late: Mapped[bool | None]
    comment: Mapped[str | None]


class ReportNarrative(Base):
    """What a college writes in one section of a report, as it is being filled in."""

    __tablename__ = "report_narratives"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "report_id", "section_code"),
        within("report_id", to="reports"),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    report_id: Mapped[UUID]
    section_code: Mapped[str]
    body: Mapped[str]


class ReportSubmission(TenantRow, Base):
    """One submission of a report: its words as they were, and as of which instant its figures were computed."""

    __tablename__ = "report_submissions"
    __table_args__ = (
        within("report_id", to="reports"),
        UniqueConstraint("institution_id", "report_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        about(Reach.TENANT, append_only=True, server_set=("submitted_at",)),
    )

    report_id: Mapped[UUID]
    number: Mapped[int]
    as_of: Mapped[datetime]
    is_late: Mapped[bool]
    narratives: Mapped[JsonObject]
    submitted_by: Mapped[UUID]
    submitted_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class ReportFigure(Base):
    """One figure of a submission, frozen with the version of the query that computed it."""

    __tablename__ = "report_figures"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "submission_id", "code"),
        within("submission_id", to="report_submissions"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("numerator >= 0 AND denominator >= 0", name="not_negative"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID]
    submission_id: Mapped[UUID]
    code: Mapped[str]
    version: Mapped[int]
    numerator: Mapped[int]
    denominator: Mapped[int | None]


class ReportDecision(TenantRow, Base):
    """One answer of the office to a submission: sent back with a comment, or accepted."""

    __tablename__ = "report_decisions"
    __table_args__ = (
        within("report_id", to="reports"),
        one_of("state", ReportState),
        CheckConstraint("state IN ('returned', 'accepted')", name="an_answer"),
        CheckConstraint("state = 'accepted' OR comment IS NOT NULL", name="sending_back_has_a_comment"),
        CheckConstraint("submission > 0", name="of_a_submission"),
        Index(None, "institution_id", "report_id"),
        about(Reach.TENANT, append_only=True, server_set=("id", "decided_at")),
    )

    report_id: Mapped[UUID]
    submission: Mapped[int]
    state: Mapped[str]
    comment: Mapped[str | None]
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class ReportReminder(Base):
    """One reminder about one report; each kind is sent once."""

    __tablename__ = "report_reminders"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "report_id", "kind"),
        within("report_id", to="reports"),
        one_of("kind", ReminderKind),
        about(Reach.TENANT, append_only=True, server_set=("reminded_at",)),
    )

    institution_id: Mapped[UUID]
    report_id: Mapped[UUID]
    kind: Mapped[str]
    reminded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class FeedDrop(TenantRow, Base):
    """One file of records for the outside platform; it is written after it was committed, and then says when."""

    __tablename__ = "feed_drops"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "file_name"),
        CheckConstraint("records > 0", name="records_counted"),
        about(Reach.TENANT, append_only=True, updates=("written_at",), server_set=("made_at",)),
    )

    file_name: Mapped[str]
    records: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    written_at: Mapped[datetime | None]


class FeedRecord(TenantRow, Base):
    """One revision of what the outside platform is told of one certificate; each revision is sent once."""

    __tablename__ = "feed_records"
    __table_args__ = (
        within("award_id", to="awards"),
        within("drop_id", to="feed_drops"),
        one_of("state", FeedState),
        CheckConstraint("revision > 0", name="revision_positive"),
        CheckConstraint("(state = 'to_generate') = (drop_id IS NULL)", name="generated_into_a_file"),
        CheckConstraint(
            "(state IN ('accepted', 'person_unknown', 'format_refused')) = (answered_at IS NOT NULL)",
            name="answer_has_an_instant",
        ),
        UniqueConstraint("institution_id", "award_id", "revision"),
        Index(None, "institution_id", "drop_id"),
        Index("feed_records_waiting_idx", "institution_id", "id", postgresql_where=text("state = 'to_generate'")),
        about(
            Reach.TENANT,
            append_only=True,
            updates=("state", "content_hash", "drop_id", "message", "answered_at"),
            server_set=("collected_at",),
        ),
    )

    award_id: Mapped[UUID]
    revision: Mapped[int]
    content_hash: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=FeedState.TO_GENERATE)
    drop_id: Mapped[UUID | None]
    message: Mapped[str | None]
    collected_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    answered_at: Mapped[datetime | None]


class FeedLine(Base):
    """What one record says, sealed: it has the person's number in it, which is plain in the dropped file alone."""

    __tablename__ = "feed_lines"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "record_id"),
        within("record_id", to="feed_records"),
        about(Reach.TENANT, append_only=True, row_security=True),
    )

    institution_id: Mapped[UUID]
    record_id: Mapped[UUID]
    sealed_line: Mapped[bytes] = sealed()
    key_id: Mapped[str]

"""Tables of exam plans, candidates, registrations, result batches and results."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.core.sealed import sealed


class RegistrationState(StrEnum):
    """Where a registration is on its way; from accepted on it has an admission number."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    LOCKED = "locked"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Activity(StrEnum):
    """Whether the candidate took part."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    BREACH = "breach"


class Grading(StrEnum):
    """How final a result is; only final and corrected ones issue a certificate, a voided one revokes it."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    CORRECTED = "corrected"
    VOIDED = "voided"


class Standing(StrEnum):
    """Whether a revision is in effect, waits for a second person's look, or was followed by a later one."""

    EFFECTIVE = "effective"
    QUARANTINED = "quarantined"
    SUPERSEDED = "superseded"


class RowOutcome(StrEnum):
    """What became of one pushed row."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    CORRECTED = "corrected"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"


class PlanTaskKind(StrEnum):
    """What has to be done for a plan by a day, in the order in which it is done."""

    CLOSE_REGISTRATION = "close_registration"
    LOCK_CANDIDATES = "lock_candidates"
    ARRANGE_SEATS = "arrange_seats"
    ISSUE_TICKETS = "issue_tickets"
    HOLD_SITTINGS = "hold_sittings"
    ENTER_RESULTS = "enter_results"
    END_NOTICE = "end_notice"


class ExaminerDuty(StrEnum):
    """What an examiner does in a sitting."""

    CHIEF = "chief"
    INVIGILATOR = "invigilator"
    ASSESSOR = "assessor"


class ExamPlan(TenantRow, Base):
    """One exam of an evaluation organisation at one institution."""

    __tablename__ = "exam_plans"
    __table_args__ = (
        of_institution(),
        UniqueConstraint("institution_id", "organisation_id", "code"),
        CheckConstraint("registration_closes_on >= registration_opens_on", name="registration_in_order"),
        CheckConstraint("exam_on >= registration_closes_on", name="exam_after_registration"),
        CheckConstraint("last_serial >= 0", name="last_serial_not_negative"),
        CheckConstraint("candidates_locked_on BETWEEN registration_closes_on AND exam_on", name="locked_in_order"),
        CheckConstraint("seats_arranged_on BETWEEN registration_closes_on AND exam_on", name="arranged_in_order"),
        CheckConstraint("tickets_on BETWEEN registration_closes_on AND exam_on", name="tickets_in_order"),
        CheckConstraint("results_due_on >= exam_on", name="results_after_exam"),
        CheckConstraint("(cancelled_at IS NULL) = (cancellation_reason IS NULL)", name="cancellation_has_a_reason"),
        Index(None, "organisation_id"),
        about(Reach.TENANT),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    code: Mapped[str]
    name: Mapped[str]
    registration_opens_on: Mapped[date]
    registration_closes_on: Mapped[date]
    exam_on: Mapped[date]
    candidates_locked_on: Mapped[date | None]
    seats_arranged_on: Mapped[date | None]
    tickets_on: Mapped[date | None]
    results_due_on: Mapped[date | None]
    objections_until: Mapped[datetime | None]
    published_at: Mapped[datetime | None] = mapped_column(server_default=text("now()"))
    """Null while it is a draft, which says so; a plan of before there were drafts was published when it was made."""
    cancelled_at: Mapped[datetime | None]
    cancellation_reason: Mapped[str | None]
    last_serial: Mapped[int] = mapped_column(server_default=text("0"))


class ExamPlanLevel(Base):
    """One certificate level examined in a plan, by one version of its assessment scheme."""

    __tablename__ = "exam_plan_levels"
    __table_args__ = (
        within("exam_plan_id", to="exam_plans"),
        about(Reach.TENANT, append_only=True),
    )

    institution_id: Mapped[UUID] = mapped_column(primary_key=True)
    exam_plan_id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_level_id: Mapped[UUID] = mapped_column(ForeignKey("certificate_levels.id"), primary_key=True)
    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("assessment_schemes.id"))


class Candidate(TenantRow, Base):
    """One person who can sit an exam: a student of the institution, or a social candidate."""

    __tablename__ = "candidates"
    __table_args__ = (
        within("identity_document_id", to="identity_documents"),
        within("student_id", to="students"),
        UniqueConstraint("institution_id", "identity_document_id"),
        Index(
            "candidates_student_key", "institution_id", "student_id",
            unique=True, postgresql_where=text("student_id IS NOT NULL"),
        ),
        about(Reach.TENANT, row_security=True),
    )  # fmt: skip

    identity_document_id: Mapped[UUID]
    student_id: Mapped[UUID | None]
    name: Mapped[str]


class Registration(TenantRow, Base):
    """One candidate registered for one level of a plan, through one college."""

    __tablename__ = "registrations"
    __table_args__ = (
        within("candidate_id", to="candidates"),
        within("college_id", to="colleges"),
        within("participation_id", to="participations"),
        ForeignKeyConstraint(
            ["institution_id", "exam_plan_id", "certificate_level_id"],
            [
                "exam_plan_levels.institution_id",
                "exam_plan_levels.exam_plan_id",
                "exam_plan_levels.certificate_level_id",
            ],
        ),
        one_of("state", RegistrationState),
        CheckConstraint(
            "state NOT IN ('accepted', 'locked') OR (admission_number IS NOT NULL AND confirmed_at IS NOT NULL)",
            name="accepted_has_a_number",
        ),
        UniqueConstraint("institution_id", "exam_plan_id", "admission_number"),
        Index(
            "registrations_one_per_level_key",
            "institution_id",
            "exam_plan_id",
            "certificate_level_id",
            "candidate_id",
            unique=True,
            postgresql_where=text("state NOT IN ('refused', 'withdrawn')"),
        ),
        Index(None, "institution_id", "candidate_id"),
        Index(None, "institution_id", "participation_id"),
        about(Reach.TENANT),
    )

    exam_plan_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID]
    candidate_id: Mapped[UUID]
    college_id: Mapped[UUID]
    participation_id: Mapped[UUID | None]
    state: Mapped[str]
    admission_number: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]


class ResultBatch(TenantRow, Base):
    """One push of results: the bytes as they came, sealed, and what became of them in numbers."""

    __tablename__ = "result_batches"
    __table_args__ = (
        within("exam_plan_id", to="exam_plans"),
        # A test client's batch can only lie in a test institution, a live one's only in a real one.
        ForeignKeyConstraint(["institution_id", "is_test"], ["institutions.id", "institutions.is_test"]),
        ForeignKeyConstraint(["machine_client_id", "is_test"], ["machine_clients.id", "machine_clients.is_test"]),
        CheckConstraint("num_nulls(signature, signature_base, client_key_id) IN (0, 3)", name="signature_whole"),
        Index(None, "id"),
        Index(None, "institution_id", "exam_plan_id"),
        about(Reach.TENANT, row_security=True, append_only=True, updates=("counts",), server_set=("received_at",)),
    )

    exam_plan_id: Mapped[UUID]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    caller_id: Mapped[UUID]
    is_test: Mapped[bool]
    machine_client_id: Mapped[UUID | None]
    sealed_body: Mapped[bytes] = sealed()
    key_id: Mapped[str]
    signature: Mapped[bytes | None]
    signature_base: Mapped[str | None]
    client_key_id: Mapped[UUID | None] = mapped_column(ForeignKey("client_keys.id"))
    row_count: Mapped[int]
    counts: Mapped[JsonObject]
    received_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class Result(TenantRow, Base):
    """One revision of one candidate's result: what the organisation sent beside what we computed; hundredths."""

    __tablename__ = "results"
    __table_args__ = (
        within("registration_id", to="registrations"),
        within("award_id", to="awards"),
        within("batch_id", to="result_batches"),
        one_of("activity", Activity),
        one_of("grading", Grading),
        one_of("standing", Standing),
        CheckConstraint("revision > 0", name="revision_positive"),
        CheckConstraint("(standing = 'superseded') = (superseded_at IS NOT NULL)", name="superseding_has_an_instant"),
        UniqueConstraint("institution_id", "organisation_id", "org_result_id", "revision"),
        Index(
            "results_one_in_effect_key", "institution_id", "registration_id",
            unique=True, postgresql_where=text("standing = 'effective'"),
        ),
        Index(None, "institution_id", "award_id"),
        Index(None, "institution_id", "batch_id"),
        about(
            Reach.TENANT,
            row_security=True,
            append_only=True,
            updates=("standing", "superseded_at"),
            server_set=("recorded_at",),
        ),
    )  # fmt: skip

    organisation_id: Mapped[UUID]
    registration_id: Mapped[UUID]
    org_result_id: Mapped[str]
    revision: Mapped[int]
    activity: Mapped[str]
    grading: Mapped[str]
    components: Mapped[JsonObject]
    total_hundredths: Mapped[int | None]
    passed: Mapped[bool | None]
    claimed_total_hundredths: Mapped[int | None]
    claimed_passed: Mapped[bool | None]
    certificate_number: Mapped[str | None]
    reason: Mapped[str | None]
    standing: Mapped[str]
    quarantine_code: Mapped[str | None]
    superseded_at: Mapped[datetime | None]
    award_id: Mapped[UUID | None]
    batch_id: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))


class ResultRow(Base):
    """What became of one row of a batch; the row as it came is in the batch's sealed body."""

    __tablename__ = "result_rows"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "batch_id", "row_number"),
        within("batch_id", to="result_batches"),
        one_of("outcome", RowOutcome),
        CheckConstraint("(outcome IN ('rejected', 'quarantined')) = (code IS NOT NULL)", name="refusal_has_a_code"),
        about(Reach.TENANT, row_security=True, append_only=True),
    )

    institution_id: Mapped[UUID]
    batch_id: Mapped[UUID]
    row_number: Mapped[int] = mapped_column(Integer)
    org_result_id: Mapped[str | None]
    outcome: Mapped[str]
    code: Mapped[str | None]
    field: Mapped[str | None]
    figures: Mapped[JsonObject | None]
    result_id: Mapped[UUID | None]


class PlanTask(Base):
    """One dated task of a published plan; where evidence shows that it is done, nobody ticks it."""

    __tablename__ = "exam_plan_tasks"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "exam_plan_id", "kind"),
        within("exam_plan_id", to="exam_plans"),
        one_of("kind", PlanTaskKind),
        CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="tick_names_somebody"),
        Index(None, "institution_id", "due_on", postgresql_where=text("done_at IS NULL")),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    exam_plan_id: Mapped[UUID]
    kind: Mapped[str]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]


class ExamSitting(TenantRow, Base):
    """One sitting: a level of a plan examined at one site at one time; registrations take its seats.

    `seats` is the sum over its rooms, and `taken` what registrations hold of them.
    """

    __tablename__ = "exam_sittings"
    __table_args__ = (
        within("exam_plan_id", to="exam_plans"),
        within("site_id", to="assessment_sites"),
        ForeignKeyConstraint(
            ["institution_id", "exam_plan_id", "certificate_level_id"],
            [
                "exam_plan_levels.institution_id",
                "exam_plan_levels.exam_plan_id",
                "exam_plan_levels.certificate_level_id",
            ],
        ),
        CheckConstraint("ends_at > starts_at", name="period_in_order"),
        CheckConstraint("taken BETWEEN 0 AND seats", name="never_oversold"),
        CheckConstraint("(cancelled_at IS NULL) = (cancellation_reason IS NULL)", name="cancellation_has_a_reason"),
        UniqueConstraint("institution_id", "exam_plan_id", "code"),
        # What a registration refers to, so that it cannot sit where another plan or level is examined.
        UniqueConstraint("institution_id", "exam_plan_id", "certificate_level_id", "id", name="exam_sittings_of_key"),
        Index(None, "institution_id", "site_id"),
        Index(None, "institution_id", "starts_at"),
        about(Reach.TENANT),
    )

    exam_plan_id: Mapped[UUID]
    certificate_level_id: Mapped[UUID]
    site_id: Mapped[UUID]
    code: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(server_default=text("0"))
    cancelled_at: Mapped[datetime | None]
    cancellation_reason: Mapped[str | None]


class SittingRoom(Base):
    """One room of a sitting with the seats used in it; no room serves two sittings at one time."""

    __tablename__ = "sitting_rooms"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "sitting_id", "room_id"),
        within("sitting_id", to="exam_sittings"),
        within("room_id", to="rooms"),
        CheckConstraint("seats > 0", name="seats_positive"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("room_id", "="),
            ("during", "&&"),
            using="gist",
            name="sitting_rooms_once_at_a_time_excl",
            where=text("NOT is_released"),
        ),
        about(Reach.TENANT),
    )

    institution_id: Mapped[UUID]
    sitting_id: Mapped[UUID]
    room_id: Mapped[UUID]
    seats: Mapped[int]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    is_released: Mapped[bool] = mapped_column(server_default=false())
    """The sitting was cancelled, so that others may use the room."""


class SittingExaminer(TenantRow, Base):
    """One examiner of a sitting: a teacher of the register, or somebody named with their employer.

    Nobody serves at two sittings at one time.
    """

    __tablename__ = "sitting_examiners"
    __table_args__ = (
        within("sitting_id", to="exam_sittings"),
        within("teacher_id", to="teachers"),
        one_of("duty", ExaminerDuty),
        CheckConstraint("num_nonnulls(teacher_id, outsider_name) = 1", name="teacher_or_outsider"),
        CheckConstraint("(outsider_name IS NULL) = (outsider_employer IS NULL)", name="outsider_has_an_employer"),
        ExcludeConstraint(
            ("institution_id", "="),
            ("teacher_id", "="),
            ("during", "&&"),
            using="gist",
            name="sitting_examiners_teacher_once_at_a_time_excl",
            where=text("NOT is_released"),
        ),
        ExcludeConstraint(
            ("institution_id", "="),
            ("outsider_name", "="),
            ("outsider_employer", "="),
            ("during", "&&"),
            using="gist",
            name="sitting_examiners_outsider_once_at_a_time_excl",
            where=text("NOT is_released"),
        ),
        Index(None, "institution_id", "sitting_id"),
        about(Reach.TENANT),
    )

    sitting_id: Mapped[UUID]
    teacher_id: Mapped[UUID | None]
    outsider_name: Mapped[str | None]
    outsider_employer: Mapped[str | None]
    duty: Mapped[str]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    is_released: Mapped[bool] = mapped_column(server_default=false())
